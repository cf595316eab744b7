#!/usr/bin/env bash
# docs/frontend.md names every data attribute that a script or a style looks for, and no other.
set -euo pipefail
. "$(dirname "$0")/support.bash"

page=docs/frontend.md
sources='^frontend/.*\.(ts|css)$'

# "file:line<TAB>data-name" of each attribute in frontend/; a script writes data-live-after also as dataset.liveAfter.
looked_for() {
    files "$sources" | tr '\n' '\0' | { xargs -0 -r grep -InHoE 'data-[a-z]+(-[a-z]+)*|dataset\.[a-zA-Z]+' || true; } |
        sed -E 's/:([^:]*)$/\t\1/; /\tdataset\./{s/\tdataset\./\tdata-/; :again s/(\t.*)([A-Z])/\1-\l\2/; tagain}'
}

# The same of the page.
named() { files "^$page\$" | tr '\n' '\0' | { xargs -0 -r grep -InHoE 'data-[a-z]+(-[a-z]+)*' || true; } | sed -E 's/:([^:]*)$/\t\1/'; }

# The names, and others that a script picks from dataset: const { liveKeep } = body.dataset, box.dataset[key] with a quoted key.
used() {
    looked_for | cut -f 2
    files "$sources" | tr '\n' '\0' | { xargs -0 -r grep -hE 'dataset|"[a-z]+([A-Z][a-z]*)+"' || true; } |
        { grep -oE '\b[a-z]+([A-Z][a-z]*)*\b' || true; } | sed -E 's/^/data-/; s/([A-Z])/-\l\1/g'
}

offences=$(
    awk -F '\t' -v page="$page" 'NR == FNR { known[$2]; next } !($2 in known) { print $1 "\t" $2 " is not in " page }' \
        <(named) <(looked_for)
    awk -F '\t' 'NR == FNR { known[$1]; next } !($2 in known) { print $1 "\tnothing in frontend/ looks for " $2 }' <(used) <(named)
)
report attributes "$(looked_for | wc -l)" <<<"$offences"
