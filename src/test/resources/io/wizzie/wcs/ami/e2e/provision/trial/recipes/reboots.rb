# frozen_string_literal: true

file '/etc/trial-boots' do
  content "first\n"
  action :create_if_missing
  notifies :reboot_now, 'reboot[as a new kernel would]', :immediately
end

reboot 'as a new kernel would' do
  action :nothing
  reason 'the trial recipe wants it'
  delay_mins 0
end

file '/etc/trial-after-reboot' do
  content "second\n"
end
