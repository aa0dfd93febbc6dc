# frozen_string_literal: true

# Some seconds, at a known pace; the image tells how often it was done.
execute 'count' do
  command 'echo begun >> /opt/trial-counts; for i in $(seq 1 40); do echo "counted $i of 40"; sleep 0.25; done'
  live_stream true
end
