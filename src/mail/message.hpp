#pragma once
// mail/ makes messages of RFC 5322 and hands them to a server or into a directory. It knows neither why nor to whom.

#include "base/time.hpp"

#include <string>
#include <string_view>

namespace mail {

/// An email as it is to be read.
struct Message
{
    /// The sender's name as people read it; may be empty.
    std::string from_name;
    std::string from;
    std::string to;
    /// Empty: answers go to the sender.
    std::string reply_to;
    std::string subject;
    std::string text;
    std::string html;
    base::Time date{};
    /// With the angle brackets, as also in the next one.
    std::string message_id;
    /// The conversation that it belongs to, for In-Reply-To and References; empty for none.
    std::string thread_id;
    /// The web address that switches such mail off with one click (RFC 8058), for List-Unsubscribe; empty for none.
    std::string unsubscribe;
    /// A BCP 47 tag, for Content-Language.
    std::string language;
};

/// The whole message on the wire: multipart/alternative in UTF-8, lines end with CRLF and have at most 78 bytes (an
/// address or an id may be longer, up to 998). Throws std::invalid_argument for an address or id with a control
/// character, which could begin another header; the subject and the name lose theirs.
std::string wire_text(const Message& message);

/// One email address that can be written to: plain_address("mei@example.com"). False for one with blanks, control
/// characters, brackets or without one @.
bool is_address(std::string_view text);

} // namespace mail
