# frozen_string_literal: true

module Wcsprov
  # Questions to apt.
  module Apt
    extend Chef::Mixin::ShellOut

    # Whether a full upgrade would change anything. `-s` only simulates, and needs no lock.
    def self.upgradable?
      pending?(shell_out!('apt-get', '-s', '-q', 'dist-upgrade').stdout)
    end

    def self.pending?(simulation)
      simulation.match?(/^(Inst|Remv) /)
    end
  end
end
