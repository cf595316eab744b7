#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace mail {

/// A message on its way: what a server is told beside the message itself.
struct Envelope
{
    std::string from;
    std::string to;
    /// Names the mail: the same for each attempt.
    std::string id;
};

enum class Outcome : std::uint8_t
{
    Accepted,
    /// Refused for now; the same later.
    Later,
    /// Refused for good.
    Never,
    /// The server is not there for any mail, or its answer was lost.
    Unreachable
};

struct Delivery
{
    Outcome outcome = Outcome::Unreachable;
    /// Who took it or did not: "mail.example.com:587".
    std::string server;
    /// Its answer, or why there was none; one line.
    std::string answer;
};

/// Asked again and again while a server is waited for; false ends the wait.
using GoesOn = std::function<bool()>;

/// Hands messages over, one at a time; used by one thread. It keeps its connection for the next one.
class Sender
{
  public:
    virtual ~Sender() = default;
    /// Never throws for what a server or a disk does: that is the delivery's answer.
    virtual Delivery send(const Envelope& envelope, const std::string& message, const GoesOn& goes_on) = 0;
};

} // namespace mail
