# frozen_string_literal: true

file '/etc/trial' do
  content "provisioned\n"
end

# What a careless recipe leaves behind; the clean has to find it.
file '/tmp/careless' do
  content "left by a recipe\n"
end
