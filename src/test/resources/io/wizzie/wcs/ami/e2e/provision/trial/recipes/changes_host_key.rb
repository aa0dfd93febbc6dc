# frozen_string_literal: true

# What somebody in between would look like: another key, and the connection lost.
execute 'change the host key' do
  command 'rm -f /etc/ssh/ssh_host_* && ssh-keygen -q -A && systemctl restart ssh && pkill -f "^sshd: admin"'
end

execute 'go on' do
  command 'sleep 600'
end
