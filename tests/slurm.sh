#!/bin/sh
# The job array that `pulang sweep --slurm` writes, on a real Slurm of one node, gives the same bytes as a sweep on
# this machine: slurm.sh PROGRAM
# Munge and Slurm run with their own folders and ports, as whoever runs this, and end with it.
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
PATH=$PATH:/usr/sbin:/sbin
for tool in munged slurmctld slurmd sbatch; do
    command -v $tool >/dev/null || { echo "$tool is missing (Debian packages munge, slurm-wlm)"; exit 1; }
done
folder=$(mktemp -d)
daemons=

# Ends the daemons, the one started last first, and waits for each.
clear_up() {
    for pid in $daemons; do
        kill "$pid" 2>/dev/null
        for _ in $(seq 50); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null
    done
    rm -rf "$folder"
}
trap clear_up EXIT
trap 'exit 1' INT TERM

# fail TEXT: with the logs.
fail() {
    echo "$1"
    tail -n 20 "$folder"/*.log "$folder"/work/*/slurm/*.log 2>/dev/null
    exit 1
}

# A port that nobody listens to.
free_port() {
    port=$1
    while ss -tln 2>/dev/null | grep -q ":$port " || grep -qi ":$(printf %04X "$port") " /proc/net/tcp; do
        port=$((port + 1))
    done
    echo "$port"
}

start() {
    "$@" >"$folder/$1.out.log" 2>&1 &
    daemons="$! $daemons"
}

chmod 755 "$folder"
mkdir "$folder/munge" "$folder/state" "$folder/spool" "$folder/work"
chmod 700 "$folder/munge"
dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 2>/dev/null
chmod 400 "$folder/munge/key"
controller=$(free_port $((20000 + $$ % 10000)))
node=$(free_port $((controller + 1)))
host=$(hostname -s)
cat >"$folder/slurm.conf" <<CONF
ClusterName=pulang
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$node
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
echo "CgroupPlugin=cgroup/v1" >"$folder/cgroup.conf" # unlike autodetect it starts where a container has no cgroups
export SLURM_CONF="$folder/slurm.conf"

start munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge.log" --seed-file="$folder/munge/seed"
for _ in $(seq 50); do
    [ -S "$folder/munge/socket" ] && break
    sleep 0.1
done
start slurmctld -D -f "$SLURM_CONF"
start slurmd -D -f "$SLURM_CONF" -N "$host"
for _ in $(seq 300); do
    sinfo -h -o %T 2>/dev/null | grep -q idle && break
    sleep 0.1
done
sinfo -h -o %T 2>/dev/null | grep -q idle || fail "Slurm did not come up"

cd "$folder/work" || exit 1
cp -r "$root/datasets/tiny" "a problem's folder"
sweep() {
    "$program" sweep "a problem's folder" --vary weights.hometown=0:4:1 --vary limits.moves=3,null --set weights.move=2 \
        --seed 7 "$@"
}
sweep --output local --quiet || fail "the local sweep failed"
out='50% of "it"'
sweep --output "$out" --slurm --quiet >submit || fail "no scripts were written"
cat "$out/slurm/array.sh"
sh submit >submitted || fail "the scripts could not be submitted"
for _ in $(seq 600); do
    [ -e "$out/frontier.json" ] && break
    [ -z "$(squeue -h 2>/dev/null)" ] && [ ! -e "$out/frontier.json" ] && sleep 1 && [ -z "$(squeue -h)" ] && break
    sleep 0.1
done
[ -e "$out/frontier.json" ] || fail "the collector wrote nothing"
diff -r --exclude timings.csv --exclude slurm local "$out" || fail "the results of the array are not the local ones"
[ -e "$out/slurm/collect.log" ] || fail "the collector's log is elsewhere"
echo "the same bytes from $(find "$out/runs" -mindepth 1 -maxdepth 1 | wc -l) tasks"
