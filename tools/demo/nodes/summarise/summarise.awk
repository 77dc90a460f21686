#!/usr/bin/awk -f
# Counts and weighs penguins. The arguments are the species of each penguin, then the body mass of
# each in the same order, `null` where it was not weighed; the output is the state as JSON.

BEGIN {
    penguins = (ARGC - 1) / 2
    if (penguins != int(penguins))
        refuse()
    for (i = 1; i <= penguins; i++)
        add(ARGV[i], ARGV[i + penguins])
    printf "{\"penguins\": %d, \"species\": [", penguins
    for (i = 1; i <= names; i++)
        printf "%s%s", (i > 1 ? ", " : ""), figures(name[i])
    print "]}"
}

function add(species, mass) {
    if (species !~ /^[A-Z]/ || mass !~ /^([0-9]+|null)$/)
        refuse()
    if (!(species in count))
        name[++names] = species
    count[species]++
    if (mass != "null") {
        weighed[species]++
        total[species] += mass
    }
}

function figures(species,    mean) {
    mean = weighed[species] ? sprintf("%.1f", total[species] / weighed[species]) : "null"
    return sprintf("{\"name\": \"%s\", \"penguins\": %d, \"weighed\": %d, \"mean_body_mass_g\": %s}", \
        species, count[species], weighed[species], mean)
}

function refuse() {
    print "there must be as many masses as penguins" > "/dev/stderr"
    exit 1
}
