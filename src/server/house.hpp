#pragma once

#include "attachments/sweeper.hpp"
#include "db/database.hpp"
#include "db/lock_file.hpp"
#include "i18n/site_languages.hpp"
#include "jobs/mail_worker.hpp"
#include "live/dispatcher.hpp"
#include "server/lanes.hpp"
#include "server/pipeline.hpp"
#include "server/services.hpp"
#include "server/settings/config.hpp"
#include "web/live/hub.hpp"
#include "web/page_language.hpp"
#include "web/router.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace server {

/// Everything of a running site but the sockets, built and torn down in the right order; runserver and the tests own
/// one.
class House
{
  public:
    /// The database is open and migrated. Throws std::runtime_error for an unknown time zone, an unusable directory, or
    /// on SQLite a directory of attachments that another process uses.
    House(const Config& config, std::unique_ptr<db::Database> database, const base::Clock& clock,
        std::vector<std::unique_ptr<const i18n::Language>> languages = i18n::site_languages());
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    db::Database& database() { return *database_; }
    const web::Site& site() const { return site_; }
    Services& services() { return services_; }
    const web::Router& router() const { return router_; }
    Pipeline& pipeline() { return pipeline_; }

    /// Removes expired sessions, old submissions and drafts, and moves files that no row names into the trash, unless
    /// another node of the site is at it; returns what was done, for the log.
    std::string sweep();
    /// Runs what marks or moves attachments while nobody else of this process does.
    template <typename Work>
    auto while_not_sweeping(Work&& work)
    {
        const std::lock_guard lock(sweeping_);
        return work();
    }
    const Config& config() const { return config_; }
    /// A rehearsal reads the site's attachments, keeps new ones apart, and keeps no house.
    bool is_rehearsal() const { return site_.names.is_rehearsal; }
    /// Once, when the site is served: makes copies of the database from before now known as older.
    void begin();
    /// Once, when the site is served: says in the database whether it sends mail, and begins to send it.
    void begin_mail();
    /// Does what people asked for whose answer must not tell whether there is such a user or account: mails links to a
    /// new password and to confirm a registration, and asks holders of accounts to share them.
    void answer_people();
    /// Before the end: makes copies of the database from before now known as older.
    void leave();
    /// Looks for damage in the stored data until `goes_on` returns false; returns what was found, for the log.
    std::string inspect(const std::function<bool()>& goes_on);
    /// When that is done next: at three in the morning.
    base::Time next_inspection() const;
    /// Stores the words of new comments and of what was renamed, for a short while, and moves those of new service
    /// requests into the search index: on SQLite when many wait, on PostgreSQL when no other node is at it.
    void index_new_requests();
    /// Stores for `check` which undeclared proxies were seen, when there are new ones.
    void store_undeclared_proxies();

  private:
    void forget_registrations();
    void forget_closed_contacts();
    void store_words_behind();

    const Config config_;
    std::mutex sweeping_;
    std::unique_ptr<db::Database> database_;
    const base::Clock& clock_;
    base::Zone zone_;
    web::PageLanguages languages_;
    std::unique_ptr<storage::Store> attachments_;
    std::optional<db::LockFile> attachments_lock_;
    attachments::Sweeper sweeper_;
    web::LiveHub live_;
    web::Site site_;
    Services services_;
    web::Router router_;
    Lanes lanes_;
    Pipeline pipeline_;
    std::filesystem::path undeclared_proxies_file_;
    /// Of the service requests whose words are behind, the last one that had its turn.
    ServiceRequestId words_stored_to_;
    live::Dispatcher dispatcher_;
    std::optional<jobs::MailWorker> mail_worker_;
};

} // namespace server
