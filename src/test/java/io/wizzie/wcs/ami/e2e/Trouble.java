package io.wizzie.wcs.ami.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What goes wrong with calls of an action, and which ends of a command are right then. */
enum Trouble {
  THROTTLED("throttled three times", Ends.BUILT) {
    @Override
    void addTo(ObjectNode fault) {
      fault.put("count", 3);
      error(fault, "RequestLimitExceeded", "Request limit exceeded.", 503);
    }
  },
  SERVER_ERROR("answers 500 twice", Ends.BUILT) {
    @Override
    void addTo(ObjectNode fault) {
      fault.put("count", 2);
      error(fault, "InternalError", "An internal error has occurred", 500);
    }
  },
  RESET_BEFORE("connection reset, without effect", Ends.BUILT) {
    @Override
    void addTo(ObjectNode fault) {
      fault.put("count", 1).put("connection", "reset");
    }
  },
  RESET_AFTER("connection reset, after the effect", Ends.BUILT_OR_CLEAN) {
    @Override
    void addTo(ObjectNode fault) {
      fault.put("count", 1).put("connection", "reset").put("afterEffect", true);
    }
  },
  SLOW("answers after 3 s", Ends.BUILT) {
    @Override
    void addTo(ObjectNode fault) {
      fault.put("count", 1).put("answerAfter", "3s");
    }
  },
  STALLED("silent for 3 s, then reset", Ends.BUILT) {
    @Override
    void addTo(ObjectNode fault) {
      fault.put("count", 1).put("connection", "stall").put("stallFor", "3s");
    }
  },
  DENIED("not permitted", Ends.FAILED) {
    @Override
    void addTo(ObjectNode fault) {
      error(
          fault, "UnauthorizedOperation", "You are not authorized to perform this operation.", 403);
    }
  };

  private static final JsonMapper JSON = new JsonMapper();

  private final String told;
  private final Ends rightEnds;

  Trouble(String told, Ends rightEnds) {
    this.told = told;
    this.rightEnds = rightEnds;
  }

  Ends rightEnds() {
    return rightEnds;
  }

  /** In words. */
  String of(String action) {
    return action + " " + told;
  }

  /** A scenario in which an action meets it. */
  ObjectNode scenario(String action) {
    ObjectNode scenario = JSON.createObjectNode().put("description", of(action));
    ObjectNode fault = scenario.putArray("faults").addObject();
    fault.putArray("actions").add(action);
    addTo(fault);
    return scenario;
  }

  abstract void addTo(ObjectNode fault);

  private static void error(ObjectNode fault, String code, String message, int status) {
    fault.putObject("error").put("code", code).put("message", message).put("status", status);
  }
}
