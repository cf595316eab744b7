#include "commands/backup/files.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "commands/backup/copying.hpp"
#include "storage/at_once.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;
using attachments::NamedFile;

Print print_of(const NamedFile& file)
{
    return {.sha256 = file.sha256, .size = file.size};
}

bool has_print(const NamedFile& file)
{
    return file.sha256.size() == 64 && file.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Copies one after another, by many threads.
class Bringing
{
  public:
    Bringing(const storage::Store& store, Destination& destination, BroughtFiles& brought)
        : store_(store), destination_(destination), brought_(brought)
    {}

    void bring(const NamedFile& file)
    {
        // Of two rows with the same bytes the second finds the file of the first.
        if (destination_.holds(print_of(file)))
            return;
        const fs::path copy = destination_.scratch() / base::random_token();
        try {
            const Print print = copy_whole(store_.open(file.key()), copy);
            if (print != print_of(file))
                return lose(file, fmt::format("it has {} bytes with the SHA-256 {} instead of {} with {}", print.size,
                                      print.sha256, file.size, file.sha256));
        } catch (const base::NotFound& error) {
            return lose(file, error.what());
        } catch (const storage::DamagedFile& error) {
            return lose(file, error.what());
        } catch (const ReadFailed& error) {
            return lose(file, error.what());
        }
        destination_.hold(copy, print_of(file));
        const std::lock_guard lock(mutex_);
        // Another thread may have brought the same bytes under another name.
        if (!held_.insert(file.sha256).second)
            return;
        ++brought_.copied;
        brought_.copied_bytes += file.size;
    }
    /// Why files could not be brought, by their stored names.
    const std::map<std::string, std::string>& reasons() const { return reasons_; }

  private:
    void lose(const NamedFile& file, const std::string& why)
    {
        const std::lock_guard lock(mutex_);
        reasons_[file.stored_name] = why;
    }

    const storage::Store& store_;
    Destination& destination_;
    BroughtFiles& brought_;
    std::mutex mutex_;
    std::set<std::string> held_;
    std::map<std::string, std::string> reasons_;
};

std::vector<NamedFile> not_held(const std::vector<NamedFile>& files, const Destination& destination)
{
    std::vector<NamedFile> missing;
    std::ranges::copy_if(files, std::back_inserter(missing),
        [&](const NamedFile& file) { return has_print(file) && !destination.holds(print_of(file)); });
    return missing;
}

void copy_all(const std::vector<NamedFile>& files, Bringing& bringing, const Progress& progress)
{
    constexpr std::size_t at_once = 64;
    for (std::size_t first = 0; first < files.size(); first += at_once) {
        const std::size_t count = std::min(at_once, files.size() - first);
        storage::for_each_at_once(count, [&](std::size_t i) { bringing.bring(files[first + i]); });
        progress.bar("files", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(files.size()));
    }
}

/// What the backups hold is whole, from wherever it came.
void judge(const std::vector<NamedFile>& files, const Destination& destination,
    const std::map<std::string, std::string>& reasons, BroughtFiles& brought)
{
    for (const NamedFile& file : files) {
        if (has_print(file) && destination.holds(print_of(file))) {
            brought.whole.push_back({.stored_name = file.stored_name, .sha256 = file.sha256, .size = file.size});
            continue;
        }
        const auto reason = reasons.find(file.stored_name);
        brought.missing.push_back({.stored_name = file.stored_name,
            .words = fmt::format("{} ({}): {}", file.what, file.stored_name,
                reason == reasons.end() ? "its row has no SHA-256" : reason->second)});
    }
}

} // namespace

BroughtFiles bring_files(const std::vector<NamedFile>& files, const OpenStore& open_store, Destination& destination,
    const Progress& progress)
{
    BroughtFiles brought;
    std::map<std::string, std::string> reasons;
    if (const auto to_copy = not_held(files, destination); !to_copy.empty()) {
        const auto store = open_store();
        Bringing bringing(*store, destination, brought);
        copy_all(to_copy, bringing, progress);
        reasons = bringing.reasons();
        destination.settle();
    }
    judge(files, destination, reasons, brought);
    return brought;
}

} // namespace commands::backup
