#pragma once

#include "mail/sender.hpp"

#include <filesystem>

namespace mail {

/// Puts each message into a file of its own, ID.eml, whole or not at all: for a machine without a mail server.
class DirectorySender final : public Sender
{
  public:
    explicit DirectorySender(std::filesystem::path directory) : directory_(std::move(directory)) {}

    Delivery send(const Envelope& envelope, const std::string& message, const GoesOn& goes_on) override;

  private:
    std::filesystem::path directory_;
};

} // namespace mail
