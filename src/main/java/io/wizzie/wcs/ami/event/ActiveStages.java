package io.wizzie.wcs.ami.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages that run now, for a console; stages may overlap. Not thread-safe by itself. */
final class ActiveStages {
  private final Map<String, Active> stages = new LinkedHashMap<>();

  record Active(String name, String title, Instant since) {}

  void started(BuildEvent.StageStarted event) {
    stages.put(event.name(), new Active(event.name(), event.title(), event.at()));
  }

  /** Ends the stage; its title, or its name when its start was not seen. */
  String ended(String name) {
    Active ended = stages.remove(name);
    return ended == null ? name : ended.title();
  }

  List<Active> inOrder() {
    return List.copyOf(stages.values());
  }

  /** The stage that started last, which progress and output are attributed to. */
  @Nullable Active newest() {
    List<Active> all = new ArrayList<>(stages.values());
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }
}
