#pragma once

#include "attachments/attachment.hpp"
#include "commands/backup/backup.hpp"
#include "server/settings/config.hpp"
#include "storage/store.hpp"
#include "support/service_desk.hpp"
#include "support/test_database.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace support {

/// Where a site's files are: in a directory, or in the bucket of this server.
struct Files
{
    std::string s3_endpoint;
};

/// The server that tests/s3/run names in GAS_TEST_S3; empty without one.
std::string s3_test_server();
/// A prefix of nobody else in the bucket of that server.
storage::S3Settings new_s3_place(const std::string& endpoint);

/// Settings of a site of its own, with an empty place for everything.
class Place
{
  public:
    explicit Place(const Files& files);

    server::Config config;

  private:
    TemporaryDirectory directory_;
    std::optional<EmptyPostgres> postgres_;
};

/// A site with files, to be saved and restored.
class SavedSite : public ServiceDesk
{
  protected:
    explicit SavedSite(const Files& where);

    attachments::StoredFile keep(const std::string& bytes);
    attachments::StoredFile add_file(const std::string& bytes);
    commands::backup::Made backup_into(commands::backup::Destination& destination);
    static std::vector<std::string> findings(const commands::backup::Named& backup);
    /// The text of the refusal, or "restored".
    static std::string restore(const commands::backup::Named& backup, const Place& to);
    /// Descriptions of all service requests whose file comes back whole from the restored site.
    static std::set<std::string> whole_requests(const Place& restored);

    Place site;
    std::unique_ptr<storage::Store> files;
};

} // namespace support
