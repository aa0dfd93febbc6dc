package io.wizzie.wcs.ami.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The converge of the builder, before the image exists. */
public record ProvisionSpec(
    @Field(
            value = "Folders of cookbooks; a cookbook in a later one wins, as in Chef.",
            form = TextForm.FOLDER)
        List<Path> cookbookPaths,
    @Field(value = "Folder of roles.", form = TextForm.FOLDER) @Nullable Path rolesPath,
    @Field(value = "Folder of data bags.", form = TextForm.FOLDER) @Nullable Path dataBagsPath,
    @Field(value = "Folder of environments.", form = TextForm.FOLDER)
        @Nullable Path environmentsPath,
    @Field(value = "Chef environment, one of `environmentsPath`.", form = TextForm.ENVIRONMENT)
        @Nullable String environment,
    @Field(
            value = "Secret of the encrypted data bags. It never gets into the image.",
            form = TextForm.FILE)
        @Nullable Path encryptedDataBagSecretFile,
    @Field(value = "Recipes and roles, in order.", form = TextForm.RUN_LIST_ITEM)
        List<String> runList,
    @Field(value = "The node's own attributes.", secret = true) ObjectNode attributes,
    @Field("For the whole converge, reboots included.")
        @Field.Default("1h")
        @Field.Between({"1m", "1d"})
        Duration timeout) {
  public ProvisionSpec {
    cookbookPaths = List.copyOf(cookbookPaths);
    runList = List.copyOf(runList);
    attributes = attributes.deepCopy();
  }

  @Override
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }
}
