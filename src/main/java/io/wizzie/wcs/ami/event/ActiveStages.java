package io.wizzie.wcs.ami.event;

import io.wizzie.wcs.ami.event.BuildEvent.StageStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages that run now, for a console; stages may overlap. Not thread-safe by itself. */
final class ActiveStages {
  private final Map<String, StageStarted> stages = new LinkedHashMap<>();

  void started(StageStarted event) {
    stages.put(event.name(), event);
  }

  /** Ends the stage; its title, or its name when its start was not seen. */
  String ended(String name) {
    StageStarted ended = stages.remove(name);
    return ended == null ? name : ended.title();
  }

  List<StageStarted> inOrder() {
    return List.copyOf(stages.values());
  }

  /** The stage that started last, which progress and output are attributed to. */
  @Nullable StageStarted newest() {
    return stages.values().stream().reduce((one, later) -> later).orElse(null);
  }
}
