# frozen_string_literal: true

module StandIn
  # The framed explanation of a failure, with the place in the cookbook where it came from.
  class FailureReport
    RULE = ('=' * 80).freeze
    LONGEST_SNIPPET = 50

    class << self
      def for_resource(resource, action, error)
        sections = [[error.class.name, error.message]]
        trace = cookbook_trace(error)
        sections << ['Cookbook Trace: (most recent call first)', trace.join("\n")] if trace.any?
        declaration = resource.sensitive ? 'suppressed sensitive resource output' : snippet(resource.source_line)
        sections << ['Resource Declaration:', declaration] << ['Compiled Resource:', resource.to_text]
        page("Error executing action `#{action}` on resource '#{resource}'", sections)
      end

      def for_compile(title, error)
        sections = [[error.class.name, error.message]]
        trace = cookbook_trace(error)
        if trace.any?
          sections << ['Cookbook Trace: (most recent call first)', trace.map { |t| "  #{t}" }.join("\n")]
          sections << ['Relevant File Content:', around(trace.first)]
        end
        page(title, sections)
      end

      def cookbook_trace(error)
        folders = Chef::Config.paths(:cookbook_path)
        (error.backtrace || []).select { |line| folders.any? { |folder| line.start_with?(folder) } }
      end

      private

      def page(title, sections)
        body = (sections + [['System Info:', system_info]]).map do |heading, text|
          "#{heading}\n#{'-' * heading.size}\n#{StandIn.text(text)}\n"
        end
        "#{RULE}\n#{title}\n#{RULE}\n\n#{body.join("\n")}\n"
      end

      def system_info
        node = Chef.node
        ["chef_version=#{VERSION} (#{NAME}, not Chef)", node && "platform=#{node['platform']}",
         node && "platform_version=#{node['platform_version']}", "ruby=#{RUBY_DESCRIPTION}",
         "program_name=#{$PROGRAM_NAME}"].compact.join("\n")
      end

      def place(text)
        match = /\A(.+?):(\d+)/.match(text)
        match && File.file?(match[1]) ? [match[1], match[2].to_i] : nil
      end

      # The declaration itself, as far as its indentation tells where it ends.
      def snippet(source_line)
        file, number = place(source_line)
        return '' if file.nil?

        lines = StandIn.text(File.read(file)).lines
        first = lines[number - 1].to_s
        block = first.match?(/\bdo\b[^#]*$/) ? block_lines(lines, number, first[/\A\s*/]) : [first]
        numbered = block.each_with_index.map { |text, i| format('%<n>3d: %<text>s', n: number + i, text: text) }
        "# In #{file}\n\n#{numbered.join}"
      end

      def block_lines(lines, number, indent)
        rest = lines.drop(number).take(LONGEST_SNIPPET)
        last = rest.index { |text| text.start_with?("#{indent}end") } || (rest.size - 1)
        [lines[number - 1]] + rest[0..last]
      end

      def around(text)
        file, number = place(text)
        return '' if file.nil?

        lines = StandIn.text(File.read(file)).lines
        from = [number - 8, 0].max
        shown = lines[from..(number + 7)].each_with_index.map do |line, i|
          format('%<n>3d%<mark>s%<line>s', n: from + i + 1, mark: from + i + 1 == number ? '>> ' : ':  ', line: line)
        end
        "#{file}:\n\n#{shown.join}"
      end
    end
  end
end
