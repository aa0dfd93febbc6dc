# frozen_string_literal: true

module StandIn
  # Looks for words that nothing defines in code that only runs while converging.
  class StaticCheck
    def initialize(resources, cookbooks, run_context)
      @resources = resources
      @cookbooks = cookbooks
      @run_context = run_context
    end

    def problems
      []
    end
  end
end
