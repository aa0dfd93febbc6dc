# Reads chef-solo's output and prints two lines: the resource whose failure ended the run, and the
# cause. Either may be empty.
#
# Chef explains errors in blocks, those that it ignores or a recipe rescues too; its last FATAL line
# names the one that ended the run, with each resource on the way to it, the outermost first:
# "Class: resource (place line N) had an error: Class: message".

function strip(text) {
  sub(/^[ \t]+/, "", text)
  return text
}

/\[[0-9-]+T[0-9:]+(Z|[-+][0-9:]+)\] [A-Z]+: / {
  # The logger may have written into the formatter's open line.
  match($0, /\[[0-9-]+T[0-9:]+(Z|[-+][0-9:]+)\] [A-Z]+: /)
  head = substr($0, RSTART, RLENGTH)
  text = substr($0, RSTART + RLENGTH)
  following = 0
  if (head ~ /\] FATAL: $/ &&
      text !~ /^(Stacktrace dumped to |-+$|PLEASE PROVIDE THE CONTENTS |Chef::Exceptions::ChildConvergeError: )/) {
    fatal = text
    following = 1
  }
  next
}

following && following < 40 {
  fatal = fatal "\n" strip($0)
  following++
}

# The formatter went on with another resource: what failed before did not end the run.
/^ *\* .+ action [^ ]/ {
  newest = ""
}

/^ *====================+$/ {
  if (in_title && title ~ /^Error executing action `[^`]*` on resource '.*'$/) {
    action = title
    sub(/^Error executing action `/, "", action)
    sub(/`.*/, "", action)
    resource = title
    sub(/^[^`]*`[^`]*` on resource '/, "", resource)
    sub(/'$/, "", resource)
    actions[resource] = action
    # Of nested resources the innermost's block comes first.
    if (newest == "") newest = resource
    in_title = 0
  } else {
    in_title = 1
  }
  title = ""
  next
}

in_title {
  title = title (title == "" ? "" : " ") strip($0)
  if (++in_title > 40) in_title = 0
}

END {
  failing = fatal == "" ? newest : ""
  exception = ""
  while (match(fatal, /^[A-Z][A-Za-z0-9_:]*: /)) {
    exception = substr(fatal, 1, RLENGTH)
    fatal = substr(fatal, RLENGTH + 1)
    if (match(fatal, /^Multiple failures occurred:[ \n]*\* [A-Za-z0-9_:]+ occurred in [^:]+: /)) {
      fatal = substr(fatal, RLENGTH + 1)
    }
    end = index(fatal, ") had an error: ")
    place = substr(fatal, 1, end - 1)
    if (!end || place !~ /^[a-z0-9_]+\[/ || !match(place, /\] \([^()]*$/)) break
    failing = substr(place, 1, RSTART)
    fatal = substr(fatal, end + length(") had an error: "))
  }
  # Everybody may read the state: neither a command's output nor an object that Ruby prints is in it.
  sub(/\n.*/, "", fatal)
  sub(/ *(\{|#<).*/, " ...", fatal)
  gsub(/ *\n */, " ", failing)
  if (failing in actions) failing = failing " (action " actions[failing] ")"
  print failing
  print substr(exception fatal, 1, 300)
}
