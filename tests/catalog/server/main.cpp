// SPDX-License-Identifier: Apache-2.0
// kokai_test_catalog: a CKAN 2.10 for tests, on 127.0.0.1 only. Prints its address as the first line; README.md tells
// the rest.
#include "front.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

namespace {

using namespace kokai::loopback;

constexpr const char* usage =
    "usage: kokai_test_catalog FILES [--front nginx|uwsgi] [--port N] [--largest-body BYTES] [--largest-file BYTES]\n"
    "                          [--pause MILLISECONDS] [--workers N] [--cost PERCENT] [--late-close MS]\n"
    "                          [--bare]\n";

/// Users with tokens that only tests know; unless it is to be bare, an organization and a group with members.
void furnish(Store& store, bool bare) {
    for (const char* name : {"ceo", "editor", "member", "outsider"}) {
        const User user{random_id(), name, now(), "", name == std::string_view("ceo")};
        store.users[name] = user;
        const std::string role = user.sysadmin ? "admin" : name;
        store.tokens["loopback-" + role + "-token"] = {random_id(), "interop", user.id, now(), ""};
    }
    if (bare) {
        return;
    }
    const auto add = [&](const char* name, const char* title, bool organization) {
        Group group{random_id(), name, title, now(), organization, {}};
        group.members = {{store.users["ceo"].id, "admin"},
                         {store.users["editor"].id, "editor"},
                         {store.users["member"].id, "member"}};
        store.groups[group.id] = group;
    };
    add("city-data", "City Data Office", true);
    add("elsewhere", "Elsewhere", true);
    store.group("elsewhere", true)->members = {{store.users["ceo"].id, "admin"}};
    add("public-facilities", "公共施設", false);
}

}  // namespace

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_IGN);
    std::filesystem::path files;
    Limits limits;
    FrontOptions options;
    bool bare = false;
    int port = 0;
    for (int place = 1; place < count; ++place) {
        const std::string word = words[place];
        const auto value = [&] { return place + 1 < count ? std::string(words[++place]) : std::string(); };
        if (word == "--front") {
            options.kind = value() == "uwsgi" ? FrontKind::uwsgi : FrontKind::nginx;
        } else if (word == "--port") {
            port = std::atoi(value().c_str());
        } else if (word == "--largest-body") {
            options.largest_body = std::stoull(value());
        } else if (word == "--largest-file") {
            limits.largest_file = std::stoull(value());
        } else if (word == "--pause") {
            limits.pause = std::chrono::milliseconds(std::stoll(value()));
        } else if (word == "--workers") {
            options.workers = std::stoull(value());
        } else if (word == "--cost") {
            options.cost_percent = std::stoll(value());
        } else if (word == "--late-close") {
            options.late_close = std::chrono::milliseconds(std::stoll(value()));
        } else if (word == "--bare") {
            bare = true;
        } else if (files.empty() && word[0] != '-') {
            files = word;
        } else {
            std::cerr << usage;
            return 2;
        }
    }
    if (files.empty()) {
        std::cerr << usage;
        return 2;
    }
    std::filesystem::create_directories(files);
    Store store(files);
    store.licenses = Json::parse(license_texts);
    furnish(store, bare);

    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stops, nullptr);
    Front front(store, limits, options);
    if (port == 0) {
        port = front.bind_to_any_port("127.0.0.1");
    } else if (!front.bind_to_port("127.0.0.1", port)) {
        port = -1;
    }
    if (port < 0) {
        std::cerr << "cannot listen\n";
        return 1;
    }
    store.site_url = "http://127.0.0.1:" + std::to_string(port);
    std::cout << store.site_url << std::endl;
    std::thread waiter([&] {
        int signal = 0;
        sigwait(&stops, &signal);
        front.stop();
    });
    front.listen_after_bind();
    waiter.join();
    return 0;
}
