# frozen_string_literal: true

execute 'mount a small file system' do
  command 'mkdir -p /srv/small && mount -t tmpfs -o size=4m none /srv/small'
end

execute 'fill it' do
  command 'dd if=/dev/zero of=/srv/small/big bs=1M'
end
