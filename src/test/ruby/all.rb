# frozen_string_literal: true

# Runs every test that converges, or is of the stand-in: ruby src/test/ruby/all.rb

Dir[File.join(__dir__, '*', '*_test.rb')].each { |file| require file }
