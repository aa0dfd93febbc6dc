# frozen_string_literal: true

file '/etc/greeting' do
  content "Hello, #{node['greeting']['to']}\n"
  mode '0644'
end
