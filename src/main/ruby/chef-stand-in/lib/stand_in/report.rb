# frozen_string_literal: true

module StandIn
  # Writes a run as the `doc` formatter of Chef 18 does, so that what reads the one reads the other.
  class Report
    attr_reader :updated_count, :total

    def initialize(out)
      @out = out
      @indent = 0
      @open_line = false
      @stream = nil
      @recipe = nil
      @updated_count = 0
      @total = 0
      @started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end

    # Ends the line that is open, if any, and writes a whole one.
    def line(text = '')
      finish_line
      write(text)
      finish_line
    end

    def raw(text)
      finish_line
      text.each_line { |one| line(one.chomp) }
    end

    def action_start(resource, action)
      @streamed = nil
      recipe_heading(resource)
      start_line("* #{resource} action #{action}", resource)
      @indent += 2
    end

    def skipped(resource, reason)
      @total += 1
      append(" (skipped due to #{reason})", resource)
      unindent
    end

    def up_to_date(resource)
      @total += 1
      append(' (up to date)', resource) unless resource.suppress_up_to_date_messages?
      unindent
    end

    # Strings are what was done; an array inside is its detail, such as a diff.
    def update_applied(_resource, descriptions)
      prefix = Chef::Config[:why_run] ? 'Would ' : ''
      Array(descriptions).compact.each do |description|
        if description.is_a?(Array)
          description.each { |detail| start_line(detail) }
        else
          start_line("- #{prefix}#{description}")
        end
      end
    end

    def updated(_resource)
      @total += 1
      @updated_count += 1
      unindent
      @open_line ? finish_line : line
    end

    def failed(resource, action, error)
      raw("\n#{FailureReport.for_resource(resource, action, error)}") unless resource.ignore_failure.to_s == 'quiet'
      unindent
    end

    # Output of a command: its first line names the resource, the next ones are indented as far.
    def stream(text, resource)
      text.each_line do |one|
        named = @streamed.equal?(resource)
        mark = "[#{resource.resource_name}] "
        line("#{named ? ' ' * mark.size : mark}#{one.chomp}")
        @streamed = resource
      end
    end

    def converge_start(count)
      line("Converging #{count} resources")
    end

    def converge_end
      unindent if @recipe
      @recipe = nil
      @indent = 0
    end

    def elapsed
      seconds = Process.clock_gettime(Process::CLOCK_MONOTONIC) - @started
      time = Time.at(seconds).utc
      return time.strftime('%S seconds') if seconds < 60

      seconds < 3600 ? time.strftime('%M minutes %S seconds') : time.strftime('%H hours %M minutes %S seconds')
    end

    # Runs the block without writing or counting.
    def silenced
      saved = [@indent, @open_line, @stream, @recipe, @updated_count, @total]
      @silent = true
      yield
    ensure
      @silent = false
      @indent, @open_line, @stream, @recipe, @updated_count, @total = saved
    end

    private

    def recipe_heading(resource)
      recipe = "#{resource.cookbook_name}::#{resource.recipe_name}"
      return if recipe == @recipe || resource.enclosing_provider

      unindent if @recipe
      line("Recipe: #{recipe}")
      @recipe = recipe
      @indent += 2
    end

    def unindent
      @indent = [@indent - 2, 0].max
    end

    def start_line(text, stream = nil)
      finish_line
      write(text)
      @stream = stream
    end

    # Continues the resource's own line if nothing was written in between.
    def append(text, stream)
      finish_line unless @stream.equal?(stream)
      write(text)
      finish_line
    end

    def write(text)
      return if @silent

      @out.print(' ' * @indent) unless @open_line
      @out.print(text)
      @out.flush
      @open_line = true
    end

    def finish_line
      return if @silent || !@open_line

      @out.puts
      @open_line = false
    end
  end
end
