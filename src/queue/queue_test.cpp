#include "actions/write_comment.hpp"
#include "attachments/attachment.hpp"
#include "comments/comment.hpp"
#include "queue/queue.hpp"
#include "search/search.hpp"
#include "search/words.hpp"

#include "accounts/account.hpp"
#include "support/service_desk.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>

using namespace queue;
using namespace search;
using namespace service_requests;
using support::ids_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace {

class Queue : public support::ServiceDesk
{
  protected:
    std::vector<ServiceRequestId> find(const search::Filter& filter)
    {
        return ids_of(queue::list_queue(*database->read(), filter));
    }
    std::vector<ServiceRequestId> search(std::string_view text) { return find({.search = std::string(text)}); }

    /// Every page of a filter, one after the other.
    std::vector<ServiceRequestId> walk(search::Filter filter)
    {
        std::vector<ServiceRequestId> all;
        for (;;) {
            auto page = queue::list_queue(*database->read(), filter);
            const bool has_more = page.size() > filter.page_size;
            if (has_more) {
                page.pop_back();
            }
            for (const auto& request : page) {
                all.push_back(request.id);
            }
            if (!has_more) {
                return all;
            }
            const auto value = filter.sort == search::Sort::Updated ? page.back().updated_at : page.back().submitted_at;
            filter.position = {.sort_value = base::to_millis(value), .id = page.back().id};
        }
    }

    bool is_sqlite() { return database->engine() == db::Engine::Sqlite; }

    void index_all()
    {
        while (search::has_words_to_index(*database->read())) {
            database->write([](db::Transaction& tx) { search::index_words(tx); });
        }
    }

    std::vector<ServiceRequestId> submit_many(int count)
    {
        std::vector<ServiceRequestId> ids;
        for (int i = 0; i < count; ++i) {
            const auto& by = i % 2 == 0 ? cast.mei : cast.omar;
            ids.push_back(submit(by, "Boiler number " + std::to_string(i), i % 3 == 0 ? "billing" : "maintenance"));
            if (i % 4 == 0) {
                set_status(cast.ravi, ids.back(), Status::Resolved);
            }
        }
        return ids;
    }
};

/// What the filter means, said a second time in the plainest way.
std::vector<ServiceRequestId> expected(std::vector<ServiceRequest> all, const search::Filter& filter)
{
    std::erase_if(all, [&](const ServiceRequest& request) {
        const bool has_type = filter.types.empty() || std::find(filter.types.begin(), filter.types.end(),
                                                          request.type_id) != filter.types.end();
        return !has_type || (filter.status && request.status != *filter.status) ||
               (filter.from && request.submitted_at < *filter.from) ||
               (filter.until && request.submitted_at >= *filter.until);
    });
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
        switch (filter.sort) {
        case search::Sort::Newest:
            return a.id > b.id;
        case search::Sort::Oldest:
            return a.id < b.id;
        case search::Sort::Updated:
            break;
        }
        return std::pair(a.updated_at, a.id) > std::pair(b.updated_at, b.id);
    });
    return ids_of(all);
}

} // namespace

TEST_F(Queue, EveryFilterSortAndPageSizeGivesExactlyTheRowsThatFit)
{
    submit_many(150);
    const auto middle = clock.now() - std::chrono::seconds(80);
    const auto all = queue::list_queue(*database->read(), {.page_size = 1000});
    ASSERT_THAT(all, SizeIs(150));
    const std::vector<search::Filter> filters{{}, {.status = Status::Pending}, {.types = {type("billing")}},
        {.types = {type("billing"), type("maintenance")}}, {.status = Status::Resolved, .types = {type("billing")}},
        {.from = middle}, {.until = middle}, {.status = Status::Pending, .from = middle, .until = clock.now()}};
    for (const search::Filter& filter : filters) {
        for (const search::Sort sort : {search::Sort::Newest, search::Sort::Oldest, search::Sort::Updated}) {
            for (const char* words : {"", "boiler", "number boil"}) {
                search::Filter asked = filter;
                asked.sort = sort;
                asked.page_size = 7;
                asked.search = words;
                EXPECT_EQ(walk(asked), expected(all, asked)) << static_cast<int>(sort) << " " << words;
            }
        }
    }
}

TEST_F(Queue, ASearchFindsByEveryField)
{
    const auto hers = submit(cast.mei, "The pilot flame goes out", "maintenance");
    const auto his = submit(cast.omar, "My bill is too high", "billing");

    EXPECT_THAT(search("mei"), ElementsAre(hers));
    EXPECT_THAT(search("Chen"), ElementsAre(hers));
    EXPECT_THAT(search("mei chen"), ElementsAre(hers));
    EXPECT_THAT(search("mei@example.com"), ElementsAre(hers));
    EXPECT_THAT(search("4410-2087-33"), ElementsAre(hers));
    EXPECT_THAT(search("4410208733"), ElementsAre(hers));
    EXPECT_THAT(search("12 elm street"), ElementsAre(hers));
    EXPECT_THAT(search("elm"), ElementsAre(his, hers));
    EXPECT_THAT(search("SR-00001"), ElementsAre(hers));
    EXPECT_THAT(search("#1"), Contains(hers));
    EXPECT_THAT(search("#2"), Contains(his));
    EXPECT_THAT(search("sr-00002"), ElementsAre(his));
    EXPECT_THAT(search("billing"), ElementsAre(his));
    EXPECT_THAT(search("FLAME pilot"), ElementsAre(hers));
    EXPECT_THAT(search("mei bill"), IsEmpty());
    EXPECT_THAT(search("unicorn"), IsEmpty());
}

TEST_F(Queue, ASearchFindsPhonesInAnySpellingAndByTheirEnd)
{
    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET phone = '518.555.0134' WHERE id = $1", cast.mei.user_id);
        tx.apply(
            "UPDATE service_account SET phone_number = '+1 518 555 0177 x204' WHERE id = $1", cast.account_of_omar);
    });
    const auto hers = submit(cast.mei, "The pilot flame goes out", "maintenance");
    const auto his = submit(cast.omar, "My bill is too high", "billing");

    // As they were added, and once more after a change of person or account made them anew.
    for (int round = 0; round < 2; ++round) {
        for (const char* typed : {"(518) 555-0134", "518-555-0134", "5185550134", "15185550134", "+1 518 555 0134",
                 "1-518-555-0134", "\u202A518\u00A0555\u00A00134\u202C", "555-0134", "5550134", "0134"})
            EXPECT_THAT(search(typed), ElementsAre(hers)) << typed;
        for (const char* typed : {"518-555-0177 x204", "5185550177", "0177", "+15185550177;ext=204"})
            EXPECT_THAT(search(typed), ElementsAre(his)) << typed;
        EXPECT_THAT(search("518-555-0177 x205"), IsEmpty());
        database->write([&](db::Transaction& tx) {
            search::update_search_words_of_user(tx, cast.mei.user_id);
            search::update_search_words_of_account(tx, cast.account_of_omar);
        });
    }
}

TEST_F(Queue, TheLastWordMayBeTheBeginningOfOneWaitingOrIndexed)
{
    const auto first = submit(cast.mei, "The meter stopped, meters everywhere; metering since 2025", "installation");
    const auto second = submit(cast.omar, "Nuñez said the radiator2000 leaks", "billing");
    const auto finds = [&] {
        EXPECT_THAT(search("m"), IsEmpty());
        EXPECT_THAT(search("me"), ElementsAre(first));
        EXPECT_THAT(search("mete"), ElementsAre(first));
        EXPECT_THAT(search("meter"), ElementsAre(first));
        EXPECT_THAT(search("meteri"), ElementsAre(first));
        EXPECT_THAT(search("meteri stopped"), IsEmpty());
        EXPECT_THAT(search("nunez"), ElementsAre(second));
        EXPECT_THAT(search("NUÑ"), ElementsAre(second));
        EXPECT_THAT(search("radia"), ElementsAre(second));
        EXPECT_THAT(search("radiator"), ElementsAre(second));
        EXPECT_THAT(search("radiator20"), ElementsAre(second));
        EXPECT_THAT(search("radiators"), IsEmpty());
    };
    finds();
    for (int i = 0; i < 64; ++i) {
        submit(cast.omar, "Quiet", "billing");
    }
    index_all();
    if (is_sqlite()) {
        ASSERT_LT(database.number("SELECT COUNT(*) FROM service_search_waiting"), 64);
    }
    finds();
}

TEST_F(Queue, TheIndexAndWhatWaitsHoldEveryServiceRequestOnce)
{
    submit_many(200);
    index_all();
    submit_many(10);
    if (!is_sqlite()) {
        EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_search s JOIN service_servicerequest r"
                                  " ON r.id = s.service_request_id"),
            210);
        return;
    }
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM (SELECT rowid FROM service_search UNION ALL"
                              " SELECT service_request_id FROM service_search_waiting)"),
        210);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_servicerequest WHERE id NOT IN (SELECT rowid FROM"
                              " service_search UNION ALL SELECT service_request_id FROM service_search_waiting)"),
        0);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_search_waiting"), 10);
}

TEST_F(Queue, HostileSearchTextIsOnlyText)
{
    const auto id = submit(cast.mei, "say NEAR the AND gate OR NOT");
    for (const char* text : {"\"", "*", "\"\"\"", "NEAR(", "NEAR(a b, 2)", "AND", "OR NOT", "col:", "words:mei", "^mei",
             "-mei", "mei*", "(mei", "mei)", "mei\" OR \"omar", "'; DROP TABLE auth_user; --", "%", "_", "\\", "{mei}",
             "+mei", "\xF0\x9F\x94\xA5", "\xFF\xFE", "\xC3", "😀😀", "名前", "a\tb\nc"}) {
        EXPECT_NO_THROW(search(text)) << text;
    }
    EXPECT_NO_THROW(search(std::string(10'000, 'x')));
    std::string many_words;
    for (int i = 0; i < 5'000; ++i) {
        many_words += "w" + std::to_string(i) + " ";
    }
    EXPECT_THAT(search(many_words), IsEmpty());
    EXPECT_NO_THROW(search(std::string("mei\0omar", 8)));
    EXPECT_THAT(search("near gate and"), ElementsAre(id));
    EXPECT_THAT(search("AND"), ElementsAre(id));
    EXPECT_THAT(search("mei\" OR \"omar"), IsEmpty());
    EXPECT_THAT(search("***"), IsEmpty());
    EXPECT_THAT(search("   "), ElementsAre(id));
}

TEST_F(Queue, ForeignScriptsAndLongWordsAreFound)
{
    const std::string long_word(300, 'q');
    const auto id = submit(cast.mei, "Привет мир 名前 " + long_word);
    EXPECT_THAT(search("привет"), ElementsAre(id));
    EXPECT_THAT(search("прив"), ElementsAre(id));
    EXPECT_THAT(search("名前"), ElementsAre(id));
    EXPECT_THAT(search(long_word), ElementsAre(id));
    for (int i = 0; i < 64; ++i) {
        submit(cast.omar, "Quiet");
    }
    EXPECT_THAT(search("привет"), ElementsAre(id));
    EXPECT_THAT(search("приве"), ElementsAre(id));
    EXPECT_THAT(search("名前"), ElementsAre(id));
    EXPECT_THAT(search(long_word), ElementsAre(id));
}

TEST_F(Queue, SpellingsOfOneWordFindEachOther)
{
    struct Spelling
    {
        const char* written;
        std::vector<const char*> sought;
    };
    const std::vector<Spelling> spellings{
        {"O'Brien called", {"O'Brien", "O\u2019Brien", "O\u02BCBrien", "obrien", "OBRI", "o brien", "brien"}},
        {"O\u2019Malley called", {"O'Malley", "O\u2019Malley", "O\u02BCMalley", "omalley", "malley"}},
        {"O\u02BCHara called", {"O'Hara", "O\u2019Hara", "O\u02BCHara", "ohara", "hara"}},
        {"The ra\u00ADdi\u00ADator hisses", {"radiator", "radi", "ra\u00ADdiator"}},
        {"\u6211\u5BB6\u91CC\u6709\u7164\u6C14\u5473\u9053",
            {"\u7164\u6C14", "\u7164", "\u9053", "\u6709\u7164\u6C14\u5473", "\u7164\u6C14 \u6211\u5BB6",
                "\u9053 \u7164"}},
        {"\u30AC\u30B9\u81ED\u3044", {"\u30AB\u3099\u30B9", "\u30AC\u30B9"}},
        {"\u0445\u043E\u043B\u043E\u0434\u043D\u044B\u0438\u0306",
            {"\u0445\u043E\u043B\u043E\u0434\u043D\u044B\u0439"}},
        {"\u1100\u1161\u11A8 \uB204\uCD9C", {"\uAC01", "\u1102\u116E"}}, {"cafe\u0301", {"caf\u00E9", "CAFE"}},
        {"56 Willow Lane hums", {"56 willow ln", "WILLOW LN.", "willow lane", "willow lan", "ln willow"}},
        {"8 Twin Ct., ask the plumber", {"8 twin court", "court, twin", "twin ct"}}};
    std::vector<ServiceRequestId> ids;
    for (const auto& [written, sought] : spellings) {
        ids.push_back(submit(cast.mei, written));
    }
    const auto finds = [&] {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            for (const char* words : spellings[i].sought) {
                EXPECT_THAT(search(words), ElementsAre(ids[i])) << words << " in " << spellings[i].written;
                EXPECT_THAT(find({.types = {type("maintenance")}, .search = words}), ElementsAre(ids[i])) << words;
                EXPECT_THAT(find({.search = words, .sort = search::Sort::Updated}), ElementsAre(ids[i])) << words;
            }
        }
        EXPECT_THAT(search("\u6C14\u7164"), IsEmpty());
        EXPECT_THAT(search("willow road"), IsEmpty());
        EXPECT_THAT(search("twin place"), IsEmpty()) << "\"pl\" is a word, no beginning";
    };
    finds();
    for (int i = 0; i < 64; ++i) {
        submit(cast.omar, "Quiet");
    }
    index_all();
    finds();
}

TEST_F(Queue, CommentsNotesAndNamesOfFilesAreFoundAMomentLater)
{
    const auto hers = submit(cast.mei, "The pilot flame goes out", "maintenance");
    const auto his = submit(cast.omar, "My bill is too high", "billing");
    const auto say = [&](const base::Visitor& by, const std::string& text, base::Visibility visibility) {
        database->write([&](db::Transaction& tx) {
            actions::write_comment(tx, {.visitor = by, .at = clock.now()},
                {.service_request = hers, .text = text, .visibility = visibility});
        });
    };
    say(cast.mei, "The thermocouple glows", base::Visibility::Public);
    say(cast.ravi, "Her dog bites", base::Visibility::Internal);
    database->write([&](db::Transaction& tx) {
        attachments::add_attachment(tx, {.visitor = cast.omar, .at = clock.now()},
            {.stored_name = std::string(32, 'a'),
                .name = "Rechnung.pdf",
                .content_type = "application/pdf",
                .sha256 = std::string(64, 'b')},
            {.service_request = his});
        search::note_words_behind(tx, his);
    });
    EXPECT_THAT(search("thermocouple"), IsEmpty()) << "nobody who writes waits for the index";
    ASSERT_TRUE(search::has_words_behind(*database->read()));
    EXPECT_THAT(search::compare_words(*database->read()).wrong, IsEmpty()) << "that is no fault";

    search::store_all_words_behind(*database);

    EXPECT_FALSE(search::has_words_behind(*database->read()));
    for (const char* words : {"thermocouple", "glows thermoc", "dog", "pilot dog mei"})
        EXPECT_THAT(search(words), ElementsAre(hers)) << words;
    EXPECT_THAT(search("rechnung.pdf"), ElementsAre(his));
    EXPECT_THAT(find({.types = {type("billing")}, .search = "thermocouple"}), IsEmpty());
    EXPECT_THAT(search::compare_words(*database->read()).wrong, IsEmpty());
}

TEST_F(Queue, AConversationWithoutEndIsIndexedByItsNewestPart)
{
    const auto id = submit(cast.mei, "Boiler");
    database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 60; ++i) {
            std::string text = "number" + std::to_string(i);
            while (text.size() < 4900)
                text += " ü" + std::to_string(text.size()) + "x" + std::to_string(i);
            comments::add_comment(tx, {.visitor = cast.mei, .at = clock.now()},
                {.service_request_id = id, .text = text, .visibility = base::Visibility::Public});
        }
        search::update_search_words(tx, id);
    });
    EXPECT_THAT(search("number59"), ElementsAre(id));
    EXPECT_THAT(search("boiler"), ElementsAre(id));
    EXPECT_THAT(search("number0"), IsEmpty());
}

TEST_F(Queue, NamesWithUmlautsAreFoundInAllTheirSpellings)
{
    const auto umlaut = submit(cast.mei, "Müller in der Königsstraße, Åse Sørensen, Ärger", "billing");
    const auto typed_out = submit(cast.mei, "Mueller in der Koenigsstrasse, Aase Soerensen, Aerger", "billing");
    const auto plain = submit(cast.mei, "Muller in der Konigsstrasse, Ase Sorensen, Arger", "billing");

    for (int round = 0; round < 2; ++round) {
        for (const char* words :
            {"müller", "MÜLLER", "Mu\u0308ller", "königsstraße", "Åse", "sørensen", "ärg", "mül"}) {
            EXPECT_THAT(search(words), ElementsAre(plain, typed_out, umlaut)) << words;
            EXPECT_THAT(find({.types = {type("billing")}, .search = words}), ElementsAre(plain, typed_out, umlaut));
        }
        for (const char* words : {"mueller", "Koenigsstrasse", "aase soerensen", "aerg", "muel"})
            EXPECT_THAT(search(words), ElementsAre(typed_out, umlaut)) << words;
        for (const char* words : {"muller", "konigsstraße", "ase sorensen"})
            EXPECT_THAT(search(words), ElementsAre(plain, umlaut)) << words;
        for (int i = 0; i < 64; ++i)
            submit(cast.omar, "Quiet");
        index_all();
    }
    EXPECT_THAT(search("muster"), IsEmpty());
}

TEST_F(Queue, AReferenceIsFoundHoweverItIsWritten)
{
    const auto ids = submit_many(43);
    for (const char* words :
        {"SR42", "sr 42", "SR-00042", "Re: SR-00042", "about #42 please", "sr42?", "42", "Re: SR\u201300042"}) {
        EXPECT_THAT(search(words), Contains(ids.at(41))) << words;
    }
    EXPECT_THAT(search("Both SR-00042 and sr7"), ElementsAre(ids.at(41), ids.at(6)));
    EXPECT_THAT(find({.types = {type("gas-leak")}, .search = "Re: SR-00042"}), IsEmpty());
}

TEST_F(Queue, TheLastWordsOfALongTextAreFound)
{
    std::string text;
    for (int i = 0; i < 1200; ++i) {
        text += "a b ";
    }
    const auto id = submit(cast.mei, text + "zephyr");
    EXPECT_THAT(search("zephyr"), ElementsAre(id));
}

TEST_F(Queue, ASearchFollowsAChangeOfNameOrAddress)
{
    const auto old = submit(cast.mei, "First");
    for (int i = 0; i < 64; ++i) {
        submit(cast.omar, "Quiet");
    }
    const auto fresh = submit(cast.mei, "Second");
    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET last_name = 'Wintergreen' WHERE id = $1", cast.mei.user_id);
        tx.apply("UPDATE service_account SET address = '1 Quarry Road' WHERE id = $1", cast.account_of_mei);
        search::update_search_words_of_user(tx, cast.mei.user_id);
    });
    EXPECT_THAT(search("wintergr"), ElementsAre(fresh, old));
    EXPECT_THAT(search("chen"), IsEmpty());
    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_account SET address = '2 Cliff Road' WHERE id = $1", cast.account_of_mei);
        search::update_search_words_of_account(tx, cast.account_of_mei);
    });
    EXPECT_THAT(search("cliff"), ElementsAre(fresh, old));
    EXPECT_THAT(search("quarry"), IsEmpty());
}

TEST_F(Queue, InternalCommentsCountForStaffOnly)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "Xylophone", base::Visibility::Internal);

    EXPECT_EQ(queue::list_queue(*database->read(), {}).at(0).internal_comments, 1);
}

TEST_F(Queue, OpenEmergenciesAreNewestFirstAndGoWhenResolved)
{
    const auto first = submit(cast.mei, "Gas", "gas-leak");
    submit(cast.mei, "Bill", "billing");
    const auto second = submit({}, "Gas", "gas-leak");

    EXPECT_THAT(ids_of(queue::list_waiting_emergencies(*database->read())), ElementsAre(second, first));
    EXPECT_EQ(queue::count_queue(*database->read(), clock.now()).emergencies.open, 2);
    set_status(cast.ravi, first, Status::Resolved);
    EXPECT_THAT(ids_of(queue::list_waiting_emergencies(*database->read())), ElementsAre(second));
}

TEST_F(Queue, TheOneThatHasWaitedLongestIsListedHoweverManyAreNewer)
{
    std::vector<ServiceRequestId> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(submit({}, "Gas", "gas-leak"));
    const auto listed = [&](std::size_t limit) {
        const auto db = database->read();
        return ids_of(queue::list_first_and_longest_waiting(*db, queue::count_emergencies(*db), limit));
    };
    EXPECT_THAT(listed(3), ElementsAre(ids[4], ids[3], ids[2], ids[0]));
    EXPECT_THAT(listed(4), ElementsAre(ids[4], ids[3], ids[2], ids[1], ids[0]));
    EXPECT_THAT(listed(5), ElementsAre(ids[4], ids[3], ids[2], ids[1], ids[0]));
}

TEST_F(Queue, ThreeArePinnedAndTheNewestAndTheLongestWaitingAreAmongThem)
{
    std::vector<ServiceRequestId> ids;
    const auto pinned = [&] {
        const auto db = database->read();
        return ids_of(queue::list_pinned_emergencies(*db, queue::count_emergencies(*db)));
    };
    EXPECT_THAT(pinned(), IsEmpty());
    for (int i = 0; i < 3; ++i)
        ids.push_back(submit({}, "Gas", "gas-leak"));
    EXPECT_THAT(pinned(), ElementsAre(ids[2], ids[1], ids[0]));
    for (int i = 0; i < 3; ++i)
        ids.push_back(submit({}, "Gas", "gas-leak"));
    EXPECT_THAT(pinned(), ElementsAre(ids[5], ids[4], ids[0]));
}

TEST_F(Queue, ARowMatchesExactlyTheFiltersThatListIt)
{
    const auto ids = submit_many(130);
    for (const search::Filter& filter : std::vector<search::Filter>{{}, {.status = Status::Pending},
             {.status = Status::Resolved, .types = {type("billing")}}, {.search = "mei boiler"},
             {.status = Status::Pending, .search = "omar"}, {.search = "nobody"}, {.search = "SR-00007"}}) {
        search::Filter whole = filter;
        whole.page_size = 1000;
        const auto listed = find(whole);
        for (const auto id : ids) {
            const bool is_listed = std::find(listed.begin(), listed.end(), id) != listed.end();
            EXPECT_EQ(queue::matches(*database->read(), filter, id), is_listed) << id.value << " " << filter.search;
        }
    }
    EXPECT_FALSE(queue::matches(*database->read(), {}, ServiceRequestId{9999}));
    EXPECT_FALSE(queue::matches(*database->read(), {.search = "mei"}, ServiceRequestId{9999}));
}
