#pragma once

#include "storage/local_store.hpp"

#include <memory>

namespace storage {

/// The store of a site, only read: what is put, noted or moved goes to a directory of its own, which is removed with
/// all it holds when the object is destroyed.
class RehearsalStore final : public Store
{
  public:
    RehearsalStore(std::unique_ptr<Store> site, std::filesystem::path directory);
    ~RehearsalStore() override;

    std::string place() const override { return site_->place(); }
    std::optional<std::string> find_note(std::string_view name) const override { return site_->find_note(name); }
    void set_note(std::string_view /*name*/, std::string_view /*text*/) override {}
    std::filesystem::path temporary_directory() const override { return own_.temporary_directory(); }
    void put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256) override;
    base::Descriptor open(const FileKey& file) const override;
    void list(const std::function<Listing(KeptFile)>& tell) const override { site_->list(tell); }
    bool move_to_trash(const TrashedFile& /*file*/) override { return false; }
    std::vector<TrashedFile> list_trash() const override { return {}; }
    void bring_back(const TrashedFile& /*file*/) override {}
    void remove_from_trash(const TrashedFile& /*file*/) override {}

  protected:
    /// Only what the rehearsal put.
    void remove(std::string_view stored_name) override;

  private:
    std::unique_ptr<Store> site_;
    std::filesystem::path directory_;
    LocalStore own_;
};

} // namespace storage
