# frozen_string_literal: true

include_recipe 'trial::default'

require 'json'

# Shows everything secret that there is, in the forms in which a careless cookbook could.
password = node['trial']['db_password']
log "The password is #{password}, or #{password.inspect}"
log JSON.generate('password' => password)

execute 'show the keys' do
  command <<~SH
    for file in /root/.wcs-ami/encrypted_data_bag_secret /etc/ssh/ssh_host_ed25519_key; do
      cat $file
      grep -v -e ----- $file
      grep -v -e ----- $file | fold -w 31
      base64 $file
      base64 -w 0 $file
      ruby -rjson -e 'puts JSON.generate(File.read(ARGV[0]))' $file
      tr '\\n' ' ' < $file
    done
  SH
  live_stream true
end

# For the test, which asks what could be seen meanwhile.
execute 'note what every process shows of itself' do
  command <<~SH
    umask 077
    cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' > /run/trial-processes
    find /root/.wcs-ami -printf '%m %y %p\\n' > /run/trial-staging
  SH
end
