package io.wizzie.wcs.ami.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The converge of every instance of the image at its first boot. */
public record BootstrapSpec(
    @Field(
            value = "Folders of cookbooks; a cookbook in a later one wins, as in Chef.",
            form = TextForm.FOLDER)
        List<Path> cookbookPaths,
    @Field(
            value = "Recipes, in order. There are no roles at this time.",
            form = TextForm.RUN_LIST_ITEM)
        List<String> runList,
    @Field(value = "The node's own attributes.", secret = true) ObjectNode attributes,
    @Field(value = "Log of the first boot's converge.", form = TextForm.GUEST_PATH)
        @Field.Default("/var/log/wcs-bootstrap.log")
        String logFile,
    @Field("After this time the first boot's converge is ended and counts as failed.")
        @Field.Default("30m")
        @Field.Between({"1m", "1d"})
        Duration timeout) {
  public BootstrapSpec {
    cookbookPaths = List.copyOf(cookbookPaths);
    runList = List.copyOf(runList);
    attributes = attributes.deepCopy();
  }

  @Override
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }
}
