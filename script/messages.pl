# For script/messages and tests/guards/messages.sh: reads messages from templates, and compares a translation with them.
#   perl messages.pl template < NAMES     names of templates, one a line: their messages as a gettext template
#   perl messages.pl compare POT PO       "PO:LINE<TAB>WHAT" for each message of PO that is missing, unused or wrong
use strict;
use warnings;

my $mode = shift @ARGV // '';
my $string = qr/"((?:[^"\\]|\\.)*)"/s;

sub one_line { my ($text) = @_; $text =~ s/[ \t]*\n\s*/ /g; return $text; }

# The messages of a template: {% t "…" %}, {% tn "…" "…" %} and {% sentence "…" %}, with the argument context="…".
sub template {
    print qq(msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n);
    my %entries;
    while (my $name = <STDIN>) {
        chomp $name;
        open(my $file, '<', $name) or die "$name: $!\n";
        local $/;
        my $text = <$file>;
        while ($text =~ /\{%-?\s*(t|tn|sentence)\s+$string(?:\s*$string)?(.*?)-?%\}/gs) {
            my ($kind, $one, $many, $rest, $at) = ($1, $2, $3, $4, $-[0]);
            my $context = $rest =~ /\bcontext=$string/ ? $1 : '';
            my $line = 1 + (substr($text, 0, $at) =~ tr/\n//);
            my $entry = $entries{one_line($one) . "\4$context"} //= { one => one_line($one), context => $context };
            $entry->{many} = one_line($many) if $kind eq 'tn';
            push @{ $entry->{places} }, "$name:$line";
        }
    }
    for my $key (sort keys %entries) {
        my $entry = $entries{$key};
        print "\n#: @{$entry->{places}}\n";
        print "msgctxt \"$entry->{context}\"\n" if $entry->{context} ne '';
        print "msgid \"$entry->{one}\"\n";
        print defined $entry->{many} ? "msgid_plural \"$entry->{many}\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n" : "msgstr \"\"\n";
    }
}

# The entries of a .po or .pot by message and context.
sub entries {
    my ($name) = @_;
    open(my $file, '<', $name) or die "$name: $!\n";
    my (@entries, $entry, $field);
    my $finish = sub { push @entries, $entry if $entry && defined $entry->{msgid}; $entry = undef; };
    while (my $line = <$file>) {
        if ($line =~ /^\s*$/) { $finish->(); next; }
        $finish->() if $line =~ /^(#|msgctxt|msgid )/ && $entry && %{ $entry->{str} };
        $entry //= { line => $., str => {}, places => '', flags => '' };
        if ($line =~ s/^#~\|?\s*//) { $entry->{obsolete} = 1; }
        elsif ($line =~ /^#:\s*(\S+)/) { $entry->{places} ||= $1; }
        elsif ($line =~ /^#,(.*)/) { $entry->{flags} .= $1; }
        if ($line =~ /^(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])?\s+"(.*)"\s*$/) {
            my $number = $2 // 0;
            $entry->{line} = $. if $1 eq 'msgid';
            $field = $1 eq 'msgstr' ? \$entry->{str}{$number} : \$entry->{$1};
            $$field = $3;
        }
        elsif ($line =~ /^"(.*)"\s*$/ && $field) { $$field .= $1; }
    }
    $finish->();
    return map { (($_->{msgctxt} // '') . "\4" . $_->{msgid}) => $_ } @entries;
}

sub names { my %found = map { $_ => 1 } ($_[0] =~ /\{(\w+)\}/g); return join(' ', sort keys %found); }

# What is wrong with the translation of one message; empty for nothing.
sub fault {
    my ($entry, $forms) = @_;
    return 'is marked as fuzzy' if $entry->{flags} =~ /\bfuzzy\b/;
    my @forms = defined $entry->{msgid_plural} ? (0 .. $forms - 1) : (0);
    for my $form (@forms) {
        my $words = $entry->{str}{$form} // '';
        return 'has no translation' if $words eq '';
        my $one = names($entry->{msgid});
        my $wanted = defined $entry->{msgid_plural} ? names($entry->{msgid_plural}) : $one;
        # "1 request" needs no number.
        next if names($words) eq $wanted || (@forms > 1 && $form == 0 && names($words) eq $one);
        return 'has other placeholders than {' . join('} {', split(/ /, $wanted)) . '}: ' . $words;
    }
    return '';
}

sub compare {
    my ($pot, $po) = @_;
    my %wanted = entries($pot);
    my %given = entries($po);
    my $header = delete $given{"\4"};
    delete $wanted{"\4"};
    my $forms = $header && ($header->{str}{0} // '') =~ /nplurals=(\d)/ ? $1 : 2;
    for my $key (sort keys %wanted) {
        my ($entry, $place) = ($given{$key}, $wanted{$key}{places});
        my $says = "\"$wanted{$key}{msgid}\"" . ($place ? " ($place)" : '');
        if (!$entry || $entry->{obsolete}) { print "$po\t$says is missing; script/messages adds it\n"; next; }
        my $fault = fault($entry, $forms);
        $fault = 'has another plural; run script/messages' if ($entry->{msgid_plural} // '') ne ($wanted{$key}{msgid_plural} // '');
        print "$po:$entry->{line}\t$says $fault\n" if $fault;
    }
    for my $key (sort keys %given) {
        next if $wanted{$key} && !$given{$key}{obsolete};
        print "$po:$given{$key}{line}\t\"$given{$key}{msgid}\" is not used any more; script/messages removes it\n";
    }
}

if ($mode eq 'template') { template(); }
elsif ($mode eq 'compare' && @ARGV == 2) { compare(@ARGV); }
else { die "usage: perl messages.pl template < NAMES | compare POT PO\n"; }
