#include "commands/backup/bucket.hpp"

#include "base/crypto.hpp"
#include "commands/backup/directory.hpp"
#include "commands/backup/manifest.hpp"
#include "commands/commands.hpp"
#include "db/lock_file.hpp"
#include "storage/at_once.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;
using storage::Listing;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t most_text = std::size_t{1} << 20U;
constexpr std::string_view running = "running/";
constexpr std::string_view held_files = "files/";
// A run that is killed leaves its mark, so a mark counts for no longer than a run may take.
constexpr std::chrono::hours longest_run{24};

std::string object_of(std::string_view sha256)
{
    return fmt::format("{}{}/{}", held_files, sha256.substr(0, 2), sha256);
}

std::string manifest_of(std::string_view name)
{
    return fmt::format("{}/{}", name, manifest_name);
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// Calls `work` for each, some at the same time.
void for_each(const std::vector<std::string>& names, const std::function<void(const std::string&)>& work)
{
    storage::for_each_at_once(names.size(), [&](std::size_t i) { work(names[i]); });
}

/// Leaves nothing in scratch().
class LocalRun final : public Hold
{
  public:
    LocalRun(std::unique_ptr<Hold> lock, fs::path scratch) : lock_(std::move(lock)), scratch_(std::move(scratch)) {}
    ~LocalRun() override
    {
        // What is left then is removed by the next run.
        std::error_code is_left;
        fs::remove_all(scratch_, is_left);
    }
    LocalRun(const LocalRun&) = delete;
    LocalRun& operator=(const LocalRun&) = delete;

  private:
    std::unique_ptr<Hold> lock_;
    fs::path scratch_;
};

} // namespace

/// Ends the run, whatever it came to.
class Bucket::Run final : public Hold
{
  public:
    Run(std::unique_ptr<Hold> local, Bucket& bucket) : local_(std::move(local)), bucket_(bucket) {}
    ~Run() override
    {
        try {
            bucket_.end_run();
        } catch (const std::exception& error) {
            fmt::print(stderr, "The next backup made here removes the mark of this run: {}\n", error.what());
        }
    }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

  private:
    std::unique_ptr<Hold> local_;
    Bucket& bucket_;
};

Bucket::Bucket(storage::S3Settings settings, fs::path directory, std::uint64_t piece_bytes)
    : directory_(fs::absolute(std::move(directory))), objects_(std::move(settings), directory_, piece_bytes)
{
    fs::create_directories(directory_.parent_path());
    make_private_directory(directory_);
}

std::string Bucket::place_of_file(std::string_view sha256) const
{
    return place_of(object_of(sha256));
}

std::vector<std::string> Bucket::list() const
{
    std::map<std::string, bool> has_manifest;
    for (const std::string& object : objects_.list("2")) {
        const std::size_t slash = std::min(object.find('/'), object.size());
        const std::string name = object.substr(0, slash);
        if (time_of(name))
            has_manifest[name] |= object == manifest_of(name);
    }
    // Asked for after the objects: a run marks a name before its first object.
    for (const Mark& mark : list_marks()) {
        for (const std::string& name : mark.names) {
            if (const auto found = has_manifest.find(name); found != has_manifest.end() && !found->second)
                has_manifest.erase(found);
        }
    }
    std::vector<std::string> names;
    std::ranges::transform(has_manifest, std::back_inserter(names), [](const auto& entry) { return entry.first; });
    return names;
}

base::Descriptor Bucket::open(std::string_view name, std::string_view file) const
{
    return fetch_or_throw(fmt::format("{}/{}", name, file));
}

base::Descriptor Bucket::open_file(std::string_view sha256) const
{
    return fetch_or_throw(object_of(sha256));
}

fs::path Bucket::local_parts(const std::string& name, const Manifest& manifest) const
{
    fs::remove_all(scratch());
    fs::path parts = scratch() / name;
    fs::create_directories(parts);
    for (const Part& part : manifest.parts) {
        const fs::path into = parts / part.path;
        fs::create_directories(into.parent_path());
        objects_.fetch_pieces(fmt::format("{}/{}", name, part.path), into);
    }
    return parts;
}

std::unique_ptr<Hold> Bucket::lock_locally() const
{
    auto lock = lock_directory(directory_, fmt::format("{} is", directory_.string()));
    fs::remove_all(scratch());
    return std::make_unique<LocalRun>(std::move(lock), scratch());
}

std::unique_ptr<Hold> Bucket::lock()
{
    auto local = lock_locally();
    const fs::path file = directory_ / "run-id";
    if (!fs::exists(file))
        base::write_file_durably(file, base::hex(base::random_bytes(8)));
    id_ = base::read_file(file);
    begun_ = SteadyClock::now();
    for (const Mark& left : list_marks()) {
        if (left.id == id_)
            remove_unfinished(left.names);
    }
    mark({});
    auto run = std::make_unique<Run>(std::move(local), *this);
    require_alone();
    return run;
}

void Bucket::require_alone()
{
    const auto marks = list_marks();
    const auto own = std::ranges::find(marks, id_, &Mark::id);
    if (own == marks.end())
        throw Refused(fmt::format("another run removed the mark of this one in {}; run it again", place()));
    for (const Mark& other : marks) {
        if (other.id == id_)
            continue;
        // Both times are the store's.
        if (own->changed - other.changed < longest_run)
            throw Refused(
                fmt::format("a backup into {} runs on another machine, or was killed there, since {}; only one "
                            "at a time. When it was killed, run it there again, or remove {}",
                    place(), base::iso_utc(other.changed), place_of(fmt::format("{}{}", running, other.id))));
        remove_unfinished(other.names);
        objects_.remove(fmt::format("{}{}", running, other.id));
    }
}

void Bucket::require_in_time() const
{
    // An hour earlier, because others may look at the mark as dead after longest_run.
    if (SteadyClock::now() - begun_ > longest_run - std::chrono::hours(1))
        throw Refused("this run took so long that another one may have begun. Run it again: what it copied is there");
}

void Bucket::end_run()
{
    if (marked_.empty())
        objects_.remove(fmt::format("{}{}", running, id_));
}

std::vector<Bucket::Mark> Bucket::list_marks() const
{
    std::vector<Mark> marks;
    objects_.bucket().list(running, [&](const storage::S3Listed& object) {
        marks.push_back({.id = std::string(object.name), .changed = object.changed, .names = {}});
        return Listing::Continues;
    });
    for (Mark& mark : marks) {
        // One that ended meanwhile names nothing.
        if (const auto text = objects_.fetch(fmt::format("{}{}", running, mark.id)))
            mark.names = lines_of(base::read_some(*text, most_text));
    }
    return marks;
}

void Bucket::mark(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += name + "\n";
    objects_.put_text(fmt::format("{}{}", running, id_), text);
    marked_ = names;
}

bool Bucket::holds(const Print& print) const
{
    const std::lock_guard lock(mutex_);
    if (!held_) {
        held_.emplace();
        objects_.bucket().list(held_files, [&](const storage::S3Listed& object) {
            held_->emplace(object.name.substr(object.name.find('/') + 1), object.size);
            return Listing::Continues;
        });
    }
    const auto found = held_->find(print.sha256);
    return found != held_->end() && found->second == print.size;
}

void Bucket::hold(const fs::path& copy, const Print& print)
{
    objects_.bucket().put(object_of(print.sha256), base::open_file(copy, O_RDONLY | O_NOFOLLOW), print.sha256);
    base::remove_file(copy);
    const std::lock_guard lock(mutex_);
    if (held_)
        held_->insert_or_assign(print.sha256, print.size);
}

std::string Bucket::finish(const fs::path& made, const Manifest& manifest, base::Time now, const Progress& progress)
{
    std::string name = free_name(now, [this](const std::string& taken) { return !objects_.list(taken + "/").empty(); });
    mark({name});
    for (const Part& part : manifest.parts)
        objects_.put_pieces(fmt::format("{}/{}", name, part.path), made / part.path, progress);
    objects_.put_whole(fmt::format("{}/{}", name, manifest_hash_name), made / manifest_hash_name);
    require_in_time();
    objects_.put_whole(manifest_of(name), made / manifest_name);
    mark({});
    fs::remove_all(scratch());
    return name;
}

void Bucket::remove(const std::vector<std::string>& names)
{
    if (names.empty())
        return;
    require_in_time();
    mark(names);
    remove_objects(names);
    mark({});
}

void Bucket::remove_objects(const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        // From then on it is no backup, because its name is marked.
        objects_.remove(manifest_of(name));
        for_each(objects_.list(name + "/"), [this](const std::string& object) { objects_.remove(object); });
    }
}

void Bucket::remove_unfinished(const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        if (time_of(name) && !objects_.fetch(manifest_of(name)))
            remove_objects({name});
    }
}

std::size_t Bucket::remove_files_except(const std::unordered_set<std::string>& named)
{
    require_in_time();
    std::vector<std::string> unnamed = objects_.list(std::string(held_files));
    std::erase_if(
        unnamed, [&](const std::string& object) { return named.contains(object.substr(object.rfind('/') + 1)); });
    for_each(unnamed, [this](const std::string& object) { objects_.remove(object); });
    return unnamed.size();
}

base::Descriptor Bucket::fetch_or_throw(std::string_view name) const
{
    auto file = objects_.fetch(name);
    if (!file)
        throw std::system_error(ENOENT, std::generic_category(), place_of(name));
    return std::move(*file);
}

} // namespace commands::backup
