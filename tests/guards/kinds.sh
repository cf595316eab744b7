#!/usr/bin/env bash
# The names of event kinds stand in one table, src/events/kind.cpp; everybody else says events::Kind.
set -euo pipefail
. "$(dirname "$0")/support.bash"

sources='^(src|templates)/.*\.(cpp|hpp|html)$'
tables='_test\.cpp$|^src/(events/kind|notifications/notification)\.cpp$'
names='submitted|commented|resolved|reopened|attached|created|changed|role|activated|deactivated|linked|unlinked|signed_in'
names="$names|password_changed|password_reset|locked|unlocked|exported"

offences=$(found "kind *(==|!=|=|<>|IN) *\(? *[\"']($names)[\"']" "$sources" "$tables" | sed -E 's/\t.*/\tan event kind is events::Kind, never its name/')
report kinds "$(files "$sources" "$tables" | wc -l)" <<<"$offences"
