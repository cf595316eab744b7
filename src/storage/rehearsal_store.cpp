#include "storage/rehearsal_store.hpp"

namespace storage {

RehearsalStore::RehearsalStore(std::unique_ptr<Store> site, std::filesystem::path directory)
    : site_(std::move(site)), directory_(std::move(directory)), own_(directory_)
{
    std::filesystem::permissions(directory_, std::filesystem::perms::owner_all);
}

RehearsalStore::~RehearsalStore()
{
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void RehearsalStore::put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256)
{
    own_.put(stored_name, uploaded, sha256);
}

base::Descriptor RehearsalStore::open(const FileKey& file) const
{
    return changed_at(own_.path_of(file.stored_name)) ? own_.open(file) : site_->open(file);
}

void RehearsalStore::remove(std::string_view stored_name)
{
    base::remove_file(own_.path_of(stored_name));
}

} // namespace storage
