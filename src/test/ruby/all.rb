# frozen_string_literal: true

# Runs every test of the Ruby in this project: ruby src/test/ruby/all.rb

Dir[File.join(__dir__, '*', '*_test.rb')].each { |file| require file }
