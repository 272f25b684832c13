#!/usr/bin/env bash
# Makes assets/clips/*.mp4 from the scenes: see README.md beside this file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo run -q -p gen-sim --release --example scenes -- "$work" 1296
mkdir -p "$here/clips"
frames=144
for picture in "$work"/*.png; do
  name=$(basename "$picture" .png)
  case "$name" in
    *-9x16) size=432x768 ;;
    *-16x9) size=768x432 ;;
    *) size=432x432 ;;
  esac
  # Four slow movements, so that neighbours in a grid do not move alike.
  case $((10#${name%%-*} % 4)) in
    0) move="z='1+0.16*on/$frames':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'" ;;
    1) move="z='1.18-0.16*on/$frames':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)*0.6'" ;;
    2) move="z='1.14':x='(iw-iw/zoom)*on/$frames':y='(ih-ih/zoom)/2'" ;;
    *) move="z='1.14+0.04*on/$frames':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)*(1-on/$frames)'" ;;
  esac
  ffmpeg -v error -y -loop 1 -i "$picture" -f lavfi -i anullsrc=r=32000:cl=mono \
    -vf "zoompan=$move:d=$frames:s=$size:fps=24,format=yuv420p" -t 6 \
    -c:v libx264 -profile:v main -preset slow -crf 28 -g 48 -c:a aac -b:a 16k \
    -map_metadata -1 -fflags +bitexact -flags:v +bitexact -movflags +faststart \
    "$here/clips/$name.mp4"
done
