#include "faults/ledger.hpp"

#include "base/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace faults {

Ledger::Ledger(const std::filesystem::path& file) : file_(base::open_file(file, O_WRONLY | O_CREAT | O_APPEND)) {}

void Ledger::add(const std::string& line)
{
    const std::lock_guard lock(mutex_);
    base::write_all(file_, line + "\n");
    base::sync_file(file_);
}

void Ledger::sent(const Wish& wish)
{
    add(fmt::format("SENT {} {} {} {} {} {}", wish.token, wish.kind, wish.username, wish.service_request,
        wish.text_hash, fmt::join(wish.file_hashes, " ")));
}

void Ledger::acknowledged(const std::string& token, std::int64_t id)
{
    add(fmt::format("ACK {} {}", token, id));
}

void Ledger::rejected(const std::string& token, int status)
{
    add(fmt::format("REJ {} {}", token, status));
}

void Ledger::unknown(const std::string& token, std::string_view why)
{
    add(fmt::format("UNKNOWN {} {}", token, why));
}

Entries Ledger::load(const std::filesystem::path& file)
{
    Entries entries;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string step;
        std::string token;
        words >> step >> token;
        Entry& entry = entries[token];
        if (step == "SENT") {
            entry.wish = {.token = token};
            words >> entry.wish.kind >> entry.wish.username >> entry.wish.service_request >> entry.wish.text_hash;
            for (std::string hash; words >> hash;)
                entry.wish.file_hashes.push_back(hash);
            entry.fate = Fate::Unknown;
            ++entry.attempts;
        } else if (step == "ACK") {
            entry.fate = Fate::Acknowledged;
            words >> entry.id;
        } else if (step == "REJ") {
            entry.fate = Fate::Rejected;
        } else if (step != "UNKNOWN") {
            throw std::runtime_error("not a line of a ledger: " + line);
        }
    }
    return entries;
}

} // namespace faults
