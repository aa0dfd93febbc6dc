# frozen_string_literal: true

file '/etc/trial-boot' do
  content "bootstrapped\n"
end
