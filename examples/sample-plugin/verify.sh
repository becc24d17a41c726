#!/bin/sh
# Builds and tests the sample plug-in with the artifacts of this project, as somebody who has only those.
#
# They are installed into a local repository of the sample's own, so that nothing of this version stays in ~/.m2, and
# nothing that lies there is taken for it.
set -eu
cd "$(dirname "$0")/../.."
root=$(pwd)
sample="$root/examples/sample-plugin"
repository="$sample/target/repository"
modules='bom api spi spi-contract protocol core impl-tyrus'

# shellcheck disable=SC2086 # a word for each module
mvn -B -ntp -q package -DskipTests -Dmaven.javadoc.skip=true -Dmaven.source.skip=true \
  -pl "$(printf '%s,' $modules | sed 's/,$//')" -am

rm -rf "$repository/io/respoke"
for module in $modules; do
  file="$module/.flattened-pom.xml"
  for jar in "$module"/target/respoke-*-SNAPSHOT.jar "$module"/target/respoke-*[0-9].jar; do
    [ ! -e "$jar" ] || file=$jar
  done
  mvn -B -ntp -q org.apache.maven.plugins:maven-install-plugin:3.1.3:install-file \
    "-Dfile=$file" "-DpomFile=$module/.flattened-pom.xml" "-DlocalRepositoryPath=$repository"
done

mvn -B -ntp -f "$sample/pom.xml" "-Dmaven.repo.local=$repository" verify
