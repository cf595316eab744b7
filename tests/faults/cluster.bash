# The made-up machines of tests/faults/cluster and what runs on them; sourced, never run.
# Machines: web (nodes, HAProxy, PgBouncer, one etcd), db1 and db2 (PostgreSQL, Patroni, one etcd each).
# Needs $root, the repository. Each process is known by the file run/NAME.pid in the lab's directory.

# Where HAProxy, Patroni and the others live on Debian.
PATH=$PATH:/usr/sbin:/sbin
net=10.66.0
address() {
    case $1 in
    web) echo "$net.20" ;;
    db1) echo "$net.11" ;;
    db2) echo "$net.12" ;;
    node*) echo "$net.2${1#node}" ;;
    esac
}
machine_of() {
    case $1 in
    etcd-*) echo "${1#etcd-}" ;;
    patroni-*) echo "${1#patroni-}" ;;
    *) echo web ;;
    esac
}

# ── the lab: its directory, its name and what this machine permits

can_make_namespaces() { # all that is needed: in a chroot they can be made and not entered
    local probe=gas-probe-$$ can=no
    [ "$(id -u)" -eq 0 ] || return 1
    if ip netns add "$probe" 2>/dev/null; then
        if ip netns exec "$probe" true 2>/dev/null && ip -n "$probe" link add name switch type bridge 2>/dev/null &&
            ip -n "$probe" link add here type veth peer name there 2>/dev/null; then
            can=yes
        fi
        ip netns delete "$probe"
    fi
    [ "$can" = yes ]
}

make_lab() {
    lab=$(mktemp -d "${TMPDIR:-/tmp}/gas-utility-cluster-XXXXXX")
    chmod 755 "$lab"
    mkdir "$lab/log" "$lab/run"
    id=$$
    kind=namespaces
    if ! can_make_namespaces; then
        kind=loopback
        # Every address of 127.0.0.0/8 is this machine's own.
        net=127.66.0
        echo "no right to make network namespaces: everything runs on loopback addresses, links cannot be cut"
    fi
    (umask 077 && od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$lab/secret")
    declare -p id kind lab net build >"$lab/settings"
}

give_away() { # PostgreSQL refuses root
    if [ "$(id -u)" -eq 0 ]; then chown -R postgres: "$lab"; fi
}

# ── the machines

make_machines() {
    [ "$kind" = namespaces ] || return 0
    local machine address
    for machine in web db1 db2; do
        ip netns add "gas-$machine-$id"
        ip -n "gas-$machine-$id" link set lo up
    done
    ip -n "gas-web-$id" link add name switch type bridge
    ip -n "gas-web-$id" link set switch up
    for address in 20 21 22 23; do
        ip -n "gas-web-$id" address add "$net.$address/24" dev switch
    done
    for machine in db1 db2; do
        ip -n "gas-web-$id" link add "to-$machine" type veth peer name eth0 netns "gas-$machine-$id"
        ip -n "gas-web-$id" link set "to-$machine" master switch up
        ip -n "gas-$machine-$id" address add "$(address $machine)/24" dev eth0
        ip -n "gas-$machine-$id" link set eth0 up
    done
}

processes_of() { # every process of a machine
    if [ "$kind" = namespaces ]; then
        ip netns pids "gas-$1-$id" 2>/dev/null || true
    else
        local name file
        for file in "$lab"/run/*.pid; do
            [ -e "$file" ] || continue
            name=$(basename "$file" .pid)
            if [ "$(machine_of "$name")" = "$1" ]; then cat "$file"; fi
        done
        postgres_of "$1"
    fi
}

postgres_of() { # the server's first process and its children
    local first
    first=$(head -n 1 "$lab/$1/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$first" ] && [ -d "/proc/$first" ]; then
        echo "$first"
        ps -o pid= --ppid "$first" || true
    fi
}

send() { # send SIGNAL PROCESS…
    local signal=$1 process
    shift
    for process in "$@"; do kill "-$signal" "$process" 2>/dev/null || true; done
}

end_machines() {
    local machine
    for machine in web db1 db2; do
        # shellcheck disable=SC2046
        send CONT $(processes_of $machine)
        # shellcheck disable=SC2046
        send KILL $(processes_of $machine)
    done
    [ "$kind" = namespaces ] || return 0
    for machine in web db1 db2; do ip netns delete "gas-$machine-$id" 2>/dev/null || true; done
}

# ── running something on a machine, as a user whom PostgreSQL accepts

on() { # on MACHINE COMMAND…
    local machine=$1 enter=()
    shift
    [ "$kind" = namespaces ] && enter+=(ip netns exec "gas-$machine-$id")
    [ "$(id -u)" -eq 0 ] && enter+=(setpriv --reuid postgres --regid postgres --clear-groups)
    "${enter[@]}" "$@"
}

start() { # start NAME COMMAND…: in the background on its machine
    local name=$1 machine enter=()
    shift
    machine=$(machine_of "$name")
    [ "$kind" = namespaces ] && enter+=(ip netns exec "gas-$machine-$id")
    [ "$(id -u)" -eq 0 ] && enter+=(setpriv --reuid postgres --regid postgres --clear-groups)
    # exec keeps the number that is written down; a session of its own keeps the terminal's Ctrl-C away.
    (cd "$lab" && exec "${enter[@]}" setsid "$@" >>"$lab/log/$name.log" 2>&1 </dev/null) &
    echo $! >"$lab/run/$name.pid"
    # Its violent end is no news.
    disown $!
}

is_running() { [ -e "$lab/run/$1.pid" ] && [ -d "/proc/$(cat "$lab/run/$1.pid")" ]; }

wait_for() { # wait_for SECONDS COMMAND…: until it succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        if [ "$SECONDS" -ge "$end" ]; then
            echo "waited in vain for: $*" >&2
            return 1
        fi
        sleep 0.1
    done
}

# ── the files of packaging/ with this machine's paths and made-up passwords; addresses stay unless there is only loopback

secret() { cat "$lab/secret"; }

adapt() { # adapt FILE EXPRESSION…: to standard output
    local file=$1 expression arguments=()
    shift
    # Over loopback everybody comes from 127.0.0.1.
    if [ "$kind" = loopback ]; then arguments+=(-e 's#10\.66\.0\.0/24#127.0.0.0/8#' -e '/^ *source 10\.66/d'); fi
    arguments+=(-e "s/CHANGE-ME-[a-z]+/$(secret)/g" -e "s/10\.66\.0\./$net./g")
    for expression in "$@"; do arguments+=(-e "$expression"); done
    sed -E "${arguments[@]}" "$root/packaging/$file"
}

major_of() { "$@" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1; }

is_at_least() { printf '%s\n%s\n' "$2" "$1" | sort -V -C; }

postgres_bin() {
    local found
    found=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    echo "${found:?PostgreSQL is not installed}"
}

write_files() {
    local machine own api=etcd ttl=16
    # The v3 API is safe from 4.0.7 on; before, only v2 is. And 4 refuses a ttl below 20.
    if is_at_least "$(major_of patroni --version)" 4.0.7; then
        api=etcd3
        ttl=20
    fi
    for machine in db1 db2; do
        own=$(address $machine)
        mkdir -p "$lab/$machine"
        adapt patroni/config.yml "s/^etcd:/$api:/" "s/^    ttl: .*/    ttl: $ttl/" "s/^name: .*/name: $machine/" \
            "s/(listen|connect_address): $net\.11/\1: $own/" \
            "s#data_dir: .*#data_dir: $lab/$machine/data#" "s#bin_dir: .*#bin_dir: $(postgres_bin)#" \
            "s#pgpass: .*#pgpass: $lab/$machine/pgpass#" "s#unix_socket_directories: .*#unix_socket_directories: $lab/$machine#" \
            "s#device: /dev/watchdog#device: $lab/no-watchdog#" >"$lab/$machine/config.yml"
        chmod 600 "$lab/$machine/config.yml"
    done
    for machine in db1 db2 web; do
        mkdir -p "$lab/etcd"
        adapt etcd/etcd.default "s/^ETCD_NAME=.*/ETCD_NAME=$machine/" "s#^ETCD_DATA_DIR=.*#ETCD_DATA_DIR=$lab/etcd/$machine#" \
            "/_URLS=/s/$net\.11/$(address $machine)/" >"$lab/etcd/$machine.env"
    done
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$lab/key.pem" -out "$lab/cert.pem" 2>/dev/null
    cat "$lab/cert.pem" "$lab/key.pem" >"$lab/site.pem"
    cp "$root/packaging/haproxy/gas-utility-503.http" "$lab/503.http"
    # Without root no port below 1024; and the harness speaks no TLS.
    adapt haproxy/haproxy.cfg "s#/etc/haproxy/gas-utility-503.http#$lab/503.http#" "s#/etc/haproxy/gas-utility.pem#$lab/site.pem#" \
        "s#/run/haproxy/admin.sock#$lab/run/haproxy.sock#" "s/:80$/:8080/" "s/:443 ssl/:8443 ssl/" \
        's/maxconn 20000/maxconn 2000/' '/http-request redirect scheme/d' >"$lab/haproxy.cfg"
    adapt pgbouncer/userlist.txt >"$lab/userlist.txt"
    adapt pgbouncer/pgbouncer.ini "s#/etc/pgbouncer/userlist.txt#$lab/userlist.txt#" "s#/var/run/postgresql/pgbouncer.pid#$lab/pgbouncer.pid#" \
        "s#/var/run/postgresql#$lab/run#" "s#/var/log/postgresql/pgbouncer.log#$lab/log/pgbouncer.own.log#" >"$lab/pgbouncer.ini"
    chmod 600 "$lab/userlist.txt" "$lab/pgbouncer.ini" "$lab/site.pem"
    printf '*:*:*:*:%s\n' "$(secret)" >"$lab/passfile"
    chmod 600 "$lab/passfile"
}

# ── starting

start_etcd() {
    local settings
    mapfile -t settings < <(grep -v '^#' "$lab/etcd/$1.env")
    start "etcd-$1" env "${settings[@]}" etcd
}
start_patroni() { start "patroni-$1" env -u PGPASSWORD patroni "$lab/$1/config.yml"; }
start_haproxy() { start haproxy haproxy -W -db -f "$lab/haproxy.cfg"; }
start_pgbouncer() { start pgbouncer pgbouncer "$lab/pgbouncer.ini"; }

start_all_etcd() {
    local machine
    for machine in web db1 db2; do start_etcd $machine; done
    wait_for 60 has_etcd
}

has_etcd() { on web curl -fs -m 2 "http://$(address web):2379/health" | grep -q '"true"'; }

# Each node reaches the database in another way: through HAProxy, by itself, through PgBouncer.
write_node_files() {
    local node url listen
    mkdir -p "$lab/data"
    for node in 1 2 3; do
        listen="postgresql://gas_utility@$net.20:5000/gas_utility"
        case $node in
        1) url=$listen ;;
        2) url="postgresql://gas_utility@$net.11,$net.12/gas_utility?target_session_attrs=read-write" listen=$url ;;
        3) url=postgresql://gas_utility@127.0.0.1:6432/gas_utility ;;
        esac
        adapt gas-utility.toml "s#^listen = .*#listen = \"$(address node$node):8000\"#" "s#^database_url = .*#database_url = \"$url\"#" \
            "s#^data_dir = .*#data_dir = \"$lab/data\"#" >"$lab/node$node.toml"
        # A few customers send what a town sends in a year.
        printf 'requests_a_day = 0\nupload_mb_a_day = 0\n' >>"$lab/node$node.toml"
        if [ "$node" = 3 ]; then
            echo 'database_prepared = "off"' >>"$lab/node$node.toml"
            if "$build/gas-utility" --help | grep -q -- --database-listen-url; then
                echo "database_listen_url = \"$listen\"" >>"$lab/node$node.toml"
            fi
        fi
    done
}

gas_utility() { # gas_utility NODE COMMAND…: the program with a node's settings
    local node=$1
    shift
    on web env PGPASSFILE="$lab/passfile" GAS_UTILITY_CONFIG="$lab/node$node.toml" GAS_UTILITY_DEMO_PASSWORD=Elm-Street-Regulator-42 \
        "$build/gas-utility" "$@"
}
start_node() { # the database up to date first, and again after a second as long as there is none, as systemd starts a node again
    # shellcheck disable=SC2016
    start "node$1" env PGPASSFILE="$lab/passfile" GAS_UTILITY_CONFIG="$lab/node$1.toml" \
        bash -c 'until "$0" migrate; do sleep 1; done; exec "$0" runserver' "$build/gas-utility"
}

# ── asking

status_of() { on web curl -s -o /dev/null -m 2 -w '%{http_code}' "$1" || true; }

primary() { # db1 or db2; fails when there is none
    local machine
    for machine in db1 db2; do
        if [ "$(status_of "http://$(address $machine):8008/primary")" = 200 ]; then
            echo $machine
            return 0
        fi
    done
    return 1
}

has_synchronous_standby() {
    local machine
    machine=$(primary)
    on web curl -fs -m 2 "http://$(address "$machine"):8008/cluster" | grep -q '"role": "sync_standby"'
}

is_ready() { # as HAProxy asks a node
    local from=()
    [ "$kind" = namespaces ] && from=(--interface "$net.20")
    on web curl -fs -m 2 "${from[@]}" -H 'Host: localhost' "http://$(address "node$1"):8000/readyz" >/dev/null
}

are_nodes_ready() { # and HAProxy has noticed
    local node
    for node in 1 2 3; do is_ready $node && is_used $node || return 1; done
}

is_whole() { are_nodes_ready && has_synchronous_standby; }

sql() { # sql STATEMENT: on the primary as superuser
    on web env PGPASSFILE="$lab/passfile" psql -X -q -A -t -v ON_ERROR_STOP=1 \
        "host=$(address db1),$(address db2) user=postgres dbname=postgres target_session_attrs=read-write connect_timeout=3" -c "$1"
}

dcs() { # dcs JSON: changes the cluster's own settings
    on web curl -fs -m 5 -u "patroni:$(secret)" -X PATCH -d "$1" "http://$(address "$(primary)"):8008/config" >/dev/null
}

# ── damage, as fault_harness asks for it; the machine or node that was hurt is remembered

hurt() { cat "$lab/run/hurt"; }
choose() { echo "$1" >"$lab/run/hurt"; }

new_primary() {
    local now
    now=$(primary) && [ "$now" != "$(hurt)" ]
}

link() { # link MACHINE up|down
    if [ "$kind" = namespaces ]; then ip -n "gas-web-$id" link set "to-$1" "$2"; fi
}

start_machine() {
    start_etcd "$1"
    start_patroni "$1"
}

restart_nodes() {
    local node process
    for node in 1 2 3; do
        process=$(cat "$lab/run/node$node.pid")
        send TERM "$process"
        wait_for 20 test ! -d "/proc/$process"
        start_node $node
        wait_for 30 is_ready $node
        # HAProxy must have seen it too, or it would find the next one gone before.
        wait_for 10 is_used $node
    done
}

is_used() {
    node_states | grep -qE "^nodes,node$1,.*,UP,"
}

node_states() { # HAProxy's own view
    printf 'show stat\n' | on web /usr/bin/python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.sendall(sys.stdin.buffer.read())
while chunk := s.recv(65536):
    sys.stdout.write(chunk.decode())' "$lab/run/haproxy.sock"
}

restart_all() {
    local machine node
    for machine in web db1 db2; do
        # shellcheck disable=SC2046
        send KILL $(server_processes $machine)
    done
    for machine in web db1 db2; do start_etcd $machine; done
    start_haproxy
    start_pgbouncer
    for machine in db1 db2; do start_patroni $machine; done
    for node in 1 2 3; do start_node $node; done
}

# Every process of ours on a machine but the harness that asks and what it started.
server_processes() {
    local name
    for name in "$lab"/run/*.pid; do
        if [ "$(machine_of "$(basename "$name" .pid)")" = "$1" ]; then
            cat "$name"
            ps -o pid= --ppid "$(cat "$name")" || true
        fi
    done
    postgres_of "$1"
}

forget() { # asynchronous replication, and a standby that lags may still become the primary
    dcs '{"synchronous_mode": false, "maximum_lag_on_failover": 1073741824}'
    wait_for 60 is_forgetful
}
is_forgetful() { [ -z "$(sql 'SHOW synchronous_standby_names')" ] && primary; }

part_servers() {
    local machine
    machine=$(primary)
    choose "$machine"
    ip -n "gas-$machine-$id" route add blackhole "$(address "$([ "$machine" = db1 ] && echo db2 || echo db1)")/32"
}

act() { # act WHAT [WHICH]
    local machine
    case $1 in
    kill-node)
        choose $((RANDOM % 3 + 1))
        send KILL "$(cat "$lab/run/node$(hurt).pid")"
        ;;
    start-node) start_node "$(hurt)" ;;
    restart-nodes) restart_nodes ;;
    kill-primary | freeze-postgres)
        machine=$(primary)
        choose "$machine"
        # shellcheck disable=SC2046
        send "$([ "$1" = kill-primary ] && echo KILL || echo STOP)" $(postgres_of "$machine")
        ;;
    freeze-machine | kill-primary-machine)
        machine=$(primary)
        choose "$machine"
        # shellcheck disable=SC2046
        send "$([ "$1" = freeze-machine ] && echo STOP || echo KILL)" $(server_processes "$machine")
        ;;
    thaw)
        # shellcheck disable=SC2046
        send CONT $(server_processes "$(hurt)")
        ;;
    cut-primary)
        machine=$(primary)
        choose "$machine"
        link "$machine" down
        ;;
    join) link "$(hurt)" up ;;
    restart-all) restart_all ;;
    forget) forget ;;
    part-servers) part_servers ;;
    await)
        case $2 in
        new-primary) wait_for 90 new_primary ;;
        primary) wait_for 120 primary ;;
        nodes) wait_for 60 are_nodes_ready ;;
        whole) wait_for 180 is_whole ;;
        esac
        ;;
    *)
        echo "tests/faults/cluster act: there is no $1" >&2
        return 2
        ;;
    esac
}
