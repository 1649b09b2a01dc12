# Runs a PostgreSQL server until standard input ends; prints its folder once it answers.
# $1: the folder of its programs; $2: the user of its databases.
set -e
programs=$1
dir=$(mktemp -d "${TMPDIR:-/tmp}/alliancepay-postgres-XXXXXX")
server=
end() {
    trap - EXIT
    [ -z "$server" ] || { kill -INT "$server" 2>/dev/null && wait "$server"; } || true
    rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' INT TERM HUP
cd "$dir"
chmod 755 "$dir"
"$programs/initdb" --pgdata="$dir/data" --username="$2" --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
# Its only use is to be thrown away: nothing is kept safe from a power cut.
"$programs/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c autovacuum=off -c max_connections=300 -c shared_buffers=64MB >>"$dir/log" 2>&1 &
server=$!
until "$programs/pg_isready" --quiet --host="$dir" --dbname=postgres --username="$2"; do
    kill -0 "$server" 2>/dev/null || { cat "$dir/log" >&2; server=; exit 1; }
    sleep 0.05
done
echo "$dir"
cat >/dev/null || true
