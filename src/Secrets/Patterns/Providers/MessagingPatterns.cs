using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Mail, chat, telephony and push. Sources: each provider's own token documentation.</summary>
internal static class MessagingPatterns
{
    public static readonly SecretPattern[] All =
    [
        Shape("slack-bot-token", "Slack", Text("xoxb-"), Run(Digits, 10, 13), Text("-"), Run(Digits, 10, 13), Text("-"), Run(Base62, 20, 34)),
        Shape("slack-legacy-bot-token", "Slack", Text("xoxb-"), Run(Digits, 8, 14), Text("-"), Run(Base62, 18, 26)),
        Shape("slack-user-token", "Slack", Text("xoxp-"), Run(Digits, 10, 13), Text("-"), Run(Digits, 10, 13), Text("-"), Run(Digits, 10, 13), Text("-"), Run(Base62, 28, 34)),
        Shape("slack-legacy-token", "Slack", Text("xoxs-"), Run(Digits, 8, 14), Text("-"), Run(Digits, 8, 14), Text("-"), Run(Digits, 8, 14), Text("-"), Run(Base62, 10, 34)),
        Token("slack-workspace-token", "Slack", "xoxa-2-", Base62Dash, 40, 100),
        Token("slack-refresh-token", "Slack", "xoxr-", Base62Dash, 40, 160),
        Shape("slack-app-token", "Slack", Text("xapp-"), Run(Digits, 1), Text("-"), Run(UpperAlnum, 8, 14), Text("-"), Run(Digits, 10, 14), Text("-"), Run(LowerHex, 64)),
        Shape("slack-configuration-token", "Slack", Text("xoxe.xoxp-"), Run(Digits, 1), Text("-"), Run(Base62, 150, 180)),
        Shape("slack-configuration-refresh-token", "Slack", Text("xoxe-"), Run(Digits, 1), Text("-"), Run(Base62, 140, 160)),
        Shape("slack-webhook", "Slack", Text("hooks.slack.com/services/T"), Run(UpperAlnum, 8, 12), Text("/B"), Run(UpperAlnum, 8, 12), Text("/"), Run(Base62, 20, 26)),
        Shape("slack-workflow-webhook", "Slack", Text("hooks.slack.com/workflows/T"), Run(UpperAlnum, 8, 12), Text("/A"), Run(UpperAlnum, 8, 12), Text("/"), Run(Digits, 15, 20), Text("/"), Run(Base62, 20, 26)),
        Shape("teams-webhook", "Microsoft Teams", [Text(".webhook.office.com/webhookb2/"), .. Uuid(), Text("@"), .. Uuid(), Text("/IncomingWebhook/"), Run(LowerHex, 32), Text("/"), .. Uuid()]),
        Shape("discord-webhook", "Discord", Text("discord.com/api/webhooks/"), Run(Digits, 17, 20), Text("/"), Run(Base64Url, 60, 72)),
        Shape("discord-webhook-legacy-host", "Discord", Text("discordapp.com/api/webhooks/"), Run(Digits, 17, 20), Text("/"), Run(Base64Url, 60, 72)),
        Named("discord-bot-token", "Discord", ["discord", "bottoken"], Run(new Alphabet("MNO"), 1), Run(Base64Url, 23, 27), Text("."), Run(Base64Url, 6), Text("."), Run(Base64Url, 27, 38)),
        Named("discord-client-secret", "Discord", ["discord"], Base64Url, 32),
        Shape("telegram-bot-token", "Telegram", Run(Digits, 8, 10), Text(":AA"), Run(Base64Url, 33)),
        Named("mattermost-access-token", "Mattermost", ["mattermost"], LowerAlnum, 26),
        Token("twilio-api-key", "Twilio", "SK", LowerHex, 32),
        Named("twilio-auth-token", "Twilio", ["twilio"], LowerHex, 32),
        Shape("sendgrid-api-key", "SendGrid", Text("SG."), Run(Base64Url, 22), Text("."), Run(Base64Url, 43)),
        Shape("brevo-api-key", "Brevo", Text("xkeysib-"), Run(LowerHex, 64), Text("-"), Run(Base62, 16)),
        Shape("brevo-smtp-key", "Brevo", Text("xsmtpsib-"), Run(LowerHex, 64), Text("-"), Run(Base62, 16)),
        Shape("mailchimp-api-key", "Mailchimp", Run(LowerHex, 32), Text("-us"), Run(Digits, 1, 2)),
        Token("mandrill-api-key", "Mandrill", "md-", Base64Url, 22),
        Token("mailgun-private-key", "Mailgun", "key-", LowerHex, 32),
        Named("mailgun-signing-key", "Mailgun", ["mailgun"], Run(LowerHex, 32), Text("-"), Run(LowerHex, 8), Text("-"), Run(LowerHex, 8)),
        Token("mailersend-api-token", "MailerSend", "mlsn.", LowerHex, 64),
        NamedUuid("postmark-server-token", "Postmark", "postmark"),
        Named("sparkpost-api-key", "SparkPost", ["sparkpost"], LowerHex, 40),
        Shape("resend-api-key", "Resend", Text("re_"), Run(Base62, 8), Text("_"), Run(Base62, 24)),
        Token("svix-signing-secret", "Svix", "whsec_", Base64Padded, 24, 31),
        Named("messagebird-api-token", "MessageBird", ["messagebird"], LowerAlnum, 25),
        Named("vonage-api-secret", "Vonage", ["vonage", "nexmo"], Base62, 16),
        Named("plivo-auth-token", "Plivo", ["plivo"], Base62, 40),
        Named("sinch-api-secret", "Sinch", ["sinch"], Base64Url, 26),
        Named("sendbird-api-token", "Sendbird", ["sendbird"], LowerHex, 40),
        NamedUuid("onesignal-rest-api-key", "OneSignal", "onesignal"),
        Token("onesignal-v2-key", "OneSignal", "os_v2_app_", LowerAlnum, 100, 110),
        Named("pusher-app-secret", "Pusher", ["pusher"], LowerHex, 20),
        Named("ably-api-key", "Ably", ["ably"], Run(Base64Url, 6), Text("."), Run(Base64Url, 6), Text(":"), Run(Base64Url, 43)),
        Named("pubnub-secret-key", "PubNub", ["pubnub"], Text("sec-c-"), Run(Base64UrlPadded, 36, 64)),
        Named("pushbullet-token", "Pushbullet", ["pushbullet"], Text("o."), Run(Base62, 32)),
        Named("line-channel-token", "LINE", ["linechannel", "linebot"], Run(Base64Padded, 170, 176)),
        Token("courier-auth-token", "Courier", "pk_prod_", UpperAlnum, 28),
        Named("zulip-api-key", "Zulip", ["zulip"], Base62, 32),
        Named("rocketchat-token", "Rocket.Chat", ["rocketchat"], Base64Url, 43),
    ];
}
