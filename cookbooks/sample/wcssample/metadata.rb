# frozen_string_literal: true

name 'wcssample'
maintainer 'Wizzie'
license 'Apache-2.0'
description "A small stack with the layout of WCS's repository, for rehearsals without a network"
version '0.1.0'
chef_version '>= 16.18', '< 19.0'
supports 'ubuntu', '>= 22.04'
supports 'debian', '>= 12.0'
source_url 'https://github.com/wizzie-io/wcs-ami'
issues_url 'https://github.com/wizzie-io/wcs-ami/issues'
depends 'wcsprov'
