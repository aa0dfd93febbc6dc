# frozen_string_literal: true

# The repository that stands in for WCS's own: name it in wcs.stack.repository.
default['wcssample']['repository'] = '/usr/local/src/wcs-sample-stack'
default['wcssample']['revision'] = '1.1.0'
default['wcssample']['image'] = 'wcs-sample/service:1'
