#!/bin/sh
# Dump database and files now and then every night at two (UTC); keep them for BACKUP_KEEP_DAYS days.
# `backup.sh once` makes one backup and ends. A dump is written beside its place and moved there when it is whole, so
# what ends in .dump can be restored.
set -eu
backups=${BACKUPS:-/backups} media=${MEDIA:-/media}

# Steps are joined by && because `set -e` is off inside a function whose failure is looked at.
backup() {
    stamp=$(date -u +%Y-%m-%dT%H%M%SZ) &&
        pg_dump --format=custom --file="$backups/part" &&
        pg_restore --list "$backups/part" > /dev/null &&
        tar -C "$media" -czf "$backups/part.media" . &&
        mv "$backups/part.media" "$backups/$stamp.media.tar.gz" &&
        mv "$backups/part" "$backups/$stamp.dump" &&
        find "$backups" -name '*Z.*' -mtime "+${BACKUP_KEEP_DAYS:-14}" -delete &&
        echo "backup $stamp is whole: $(du -sh "$backups" | cut -f1) in all"
}

if [ "${1:-}" = once ]; then
    backup
    exit
fi
while true; do
    backup || echo "BACKUP FAILED, trying again in an hour" >&2
    if [ -n "$(find "$backups" -name '*.dump' -mmin -30)" ]; then
        now=$(date -u +%s)
        sleep $(((now / 86400 + 1) * 86400 + 7200 - now))
    else
        sleep 3600
    fi
done
