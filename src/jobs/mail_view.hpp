#pragma once

#include "base/translatable.hpp"

#include <string>
#include <vector>

namespace jobs {

/// One thing that a daily mail tells.
struct DigestItem
{
    base::Text what;
    std::string title;
    std::string author;
    std::vector<std::string> lines;
    std::string link;
};

/// What the templates of mail show; texts are empty where there is nothing to say.
struct MailView
{
    /// Of the words, for `lang`.
    std::string language;
    std::string site_name;
    std::string emergency_phone;
    std::string service_phone;
    /// For `tel:`.
    std::string emergency_phone_link;
    std::string service_phone_link;
    /// The reader's.
    std::string name;
    /// "SR-00042".
    std::string reference;
    /// As people say it: "SR 42".
    std::string spoken_reference;
    std::string title;
    /// A report of a gas leak: whoever still smells gas calls and never writes.
    bool is_leak = false;
    /// An open one of which the reporter said that somebody can't get out.
    bool must_call_911 = false;
    /// Of a leak, when nobody said where it is.
    bool has_no_address = false;
    /// The staff's public comment: who wrote it, and its lines.
    std::string author;
    std::vector<std::string> lines;
    /// Where the reader finds more, or the one-time link; whole, with the site's origin.
    std::string link;
    /// Where a forgotten password is chosen anew.
    std::string reset_link;
    /// "Firefox on Windows".
    std::string device;
    /// "87-33", and who asks to share that account or shares it; or who took over or resolved the reader's emergency.
    std::string account = {};
    std::string person = {};
    /// The subject.
    base::Text what = {};
    /// When it happened, in words.
    std::string when;
    /// What a daily mail tells, the oldest first.
    std::vector<DigestItem> items;
    /// Where its reader chooses which mail to get, and where they switch off this one; empty where it is always sent.
    std::string choices_link;
    std::string switch_off_link;
    /// Its reader gets mail of our answers.
    bool tells_answers = true;
    /// Somebody reads answers to this mail.
    bool has_reply_to = false;
};

} // namespace jobs
