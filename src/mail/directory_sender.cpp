#include "mail/directory_sender.hpp"

#include "base/file.hpp"

#include <exception>

namespace mail {

Delivery DirectorySender::send(const Envelope& envelope, const std::string& message, const GoesOn& /*goes_on*/)
{
    const std::filesystem::path file = directory_ / (envelope.id + ".eml");
    try {
        std::filesystem::create_directories(directory_);
        base::write_file_durably(file, message);
        return {.outcome = Outcome::Accepted, .server = directory_.string(), .answer = file.filename().string()};
    } catch (const std::exception& error) {
        return {.outcome = Outcome::Unreachable, .server = directory_.string(), .answer = error.what()};
    }
}

} // namespace mail
