# frozen_string_literal: true

module StandIn
  # Runs the resources of a context in order, with what they notify.
  class Runner
    def initialize(run_context)
      @run_context = run_context
    end

    def run_all
      @run_context.resource_collection.each_in_turn { |resource| run(resource) }
    end

    # The whole converge: delayed notifications run at its end, also after a failure.
    def converge
      errors = []
      begin
        run_all
      rescue Chef::Exceptions::Reboot
        raise
      rescue StandardError => e
        errors << e
      end
      errors.concat(run_delayed)
      raise errors.first if errors.size == 1
      raise Chef::Exceptions::MultipleFailures, errors if errors.any?
    end

    def run(resource)
      resource.action.each { |action| run_action(resource, action) }
    end

    def run_action(resource, action, timing = nil, notifier = nil)
      run_before(resource, action)
      resource.run_action(action, timing, notifier)
      return unless resource.updated_by_last_action?

      notifications = resource.run_context.notifications
      notifications.of(resource, :immediate).each { |n| run_action(n.target, n.action, :immediate, resource) }
      notifications.of(resource, :delayed).each { |n| @run_context.delay(n) }
    end

    private

    # `:before` needs to know whether the resource would change: Chef asks by a dry run.
    def run_before(resource, action)
      before = resource.run_context.notifications.of(resource, :before)
      return if before.empty?

      changes = resource.run_context.report.silenced { dry_run(resource, action) }
      before.each { |n| run_action(n.target, n.action, :before, resource) } if changes
    end

    def dry_run(resource, action)
      saved = Chef::Config[:why_run]
      Chef::Config[:why_run] = true
      resource.run_action(action)
      resource.updated_by_last_action?
    ensure
      resource.updated_by_last_action(false)
      Chef::Config[:why_run] = saved
    end

    def run_delayed
      errors = []
      until @run_context.delayed.empty?
        notification = @run_context.delayed.shift
        begin
          notification.resolve_target
          @run_context.delayed.reject! { |other| other.same_work?(notification) }
          run_action(notification.target, notification.action, :delayed, notification.source)
        rescue Chef::Exceptions::Reboot
          raise
        rescue StandardError => e
          errors << e
        end
      end
      errors
    end
  end

  # One action of one resource: guards, retries, the provider, what is reported.
  class ActionRun
    def initialize(resource, action, timing, notifier)
      @resource = resource
      @action = action
      @timing = timing
      @notifier = notifier
      @retries = resource.retries
    end

    def call
      @resource.updated_by_last_action(false)
      report.action_start(@resource, @action)
      reason = skipped_because
      return report.skipped(@resource, reason) if reason

      perform
      @resource.updated_by_last_action? ? report.updated(@resource) : report.up_to_date(@resource)
    rescue Chef::Exceptions::Reboot
      raise
    rescue StandardError => e
      failed(e)
    end

    private

    def report
      @resource.run_context.report
    end

    def skipped_because
      return 'action :nothing' if @action == :nothing

      guard = @resource.guards.find { |one| !one.continue? }
      guard&.kind
    end

    def perform
      with_umask do
        provider = @resource.class.action_class.new(@resource, @resource.run_context, @action)
        provider.load_current_resource
        provider.public_send(:"action_#{@action}")
      end
    rescue StandardError => e
      raise if @retries.zero? || e.is_a?(Chef::Exceptions::Reboot)

      @retries -= 1
      Chef::Log.info("Retrying execution of #{@resource}, #{@retries} attempts left")
      sleep(@resource.retry_delay)
      retry
    end

    def with_umask
      return yield if @resource.umask.nil?

      saved = File.umask(Integer(@resource.umask.to_s, 8))
      begin
        yield
      ensure
        File.umask(saved)
      end
    end

    def failed(error)
      if @resource.ignore_failure
        Chef::Log.error("#{wrapped(error).message}; ignore_failure is set, continuing")
        return report.failed(@resource, @action, error)
      end
      report.failed(@resource, @action, error)
      raise error if error.is_a?(Chef::Exceptions::MultipleFailures)

      raise wrapped(error)
    end

    # The same class with a message that names the resource, as in Chef's last lines.
    def wrapped(error)
      message = "#{@resource} #{defined_at} had an error: #{error.class}: #{StandIn.text(error.message)}"
      copy = error.exception(message)
      copy.set_backtrace(error.backtrace)
      copy
    end

    def defined_at
      "(#{@resource.cookbook_name}::#{@resource.recipe_name} line #{@resource.source_line[/:(\d+)/, 1]})"
    end
  end
end
