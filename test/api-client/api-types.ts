/** Made from the description of the API by `npm run api-types`. */

export interface paths {
    "/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posts with the number of deliveries in each state, page by page */
        get: operations["listPosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a post. Each reader gets it once, even if the request is repeated */
        post: operations["publishPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/republications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry failed deliveries, edit published copies, or send a post again */
        post: operations["republishPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Withdraw a post: cancel what was not sent, delete its social posts, show it as withdrawn in feeds */
        put: operations["withdrawPost"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs with their next times and their last result */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a job now. For a republish job, the body contains the values that the job file leaves open */
        post: operations["runJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/editions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The editions of a campaign job with their review state, newest first */
        get: operations["listEditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/editions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One edition: its posts, who decided, and the exact email */
        get: operations["showEdition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/editions/{number}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Approve an edition: it is sent */
        put: operations["approveEdition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/editions/{number}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Decline an edition: it is not sent, and its posts go into the next one */
        put: operations["declineEdition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns, newest first */
        get: operations["listCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign: states, rate and time left */
        get: operations["showCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare the totals with the deliveries, and report differences */
        get: operations["auditCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Pause: send nothing until it is resumed */
        put: operations["pauseCampaign"];
        post?: never;
        /** Resume */
        delete: operations["resumeCampaign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Cancel: send nothing more. A cancelled campaign can't be resumed */
        put: operations["cancelCampaign"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read and render a post for every channel, and list its problems with their lines */
        get: operations["checkPost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each channel would send, as files. `/posts/{post}/preview/{file}` answers with one of them */
        get: operations["previewPost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People with their roles, in the order in which they were added */
        get: operations["listPeople"];
        put?: never;
        /** Add a person. Nobody can give a role that may do more than they may */
        post: operations["addPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person */
        get: operations["showPerson"];
        put?: never;
        post?: never;
        /** Remove a person and end their sessions */
        delete: operations["removePerson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{name}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change to which channels and lists a person is limited. If they lose one, their sessions end */
        put: operations["setLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{name}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a role. If the person may do less after it, their sessions end */
        put: operations["setRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens, newest first, without their secrets */
        get: operations["listTokens"];
        put?: never;
        /** Create a token. Only this answer contains it. Nobody can give a token more than they have */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One token, without its secret */
        get: operations["showToken"];
        put?: never;
        post?: never;
        /** Revoke a token: it is not valid any more */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/retries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a refused or uncertain delivery again */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan the publication of posts, and keep the plan under its hash. Nothing is sent */
        post: operations["makePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A plan that was made */
        get: operations["showPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{hash}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a plan, so that an assistant may carry it out. A token needs the scope `approve` expressly */
        post: operations["approvePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{hash}/execution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry out exactly this plan, or nothing */
        post: operations["executePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery with its history */
        get: operations["showDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Decide about an uncertain delivery: it arrived, send it again, or leave it */
        put: operations["decideDelivery"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscribers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscribers, newest first */
        get: operations["listSubscribers"];
        put?: never;
        /** Add a reader to a list. Does nothing for somebody who is on it already, or unsubscribed from it */
        post: operations["addSubscriber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscribers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subscriber, with lists and suppressions */
        get: operations["showSubscriber"];
        put?: never;
        post?: never;
        /** Erase all data of a subscriber. They get no more email, and no import adds them again */
        delete: operations["forgetSubscriber"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscribers/{id}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the subscriptions of a subscriber, all or those of one list */
        delete: operations["unsubscribe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resubscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Subscribe somebody again who unsubscribed or was forgotten, with a proof that they asked for it */
        post: operations["resubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mailing lists with the numbers of their readers */
        get: operations["listLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The segments of the configuration, with the numbers of their readers */
        get: operations["listSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suppressed addresses, newest first */
        get: operations["listSuppressions"];
        put?: never;
        /** Suppress all email to an address */
        post: operations["suppressAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Lift a suppression because of a bounce, a complaint or an operator */
        delete: operations["liftSuppression"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bounces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bounces and complaints, newest first */
        get: operations["listBounces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Publications, newest first */
        get: operations["listPublications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One publication with its channels */
        get: operations["showPublication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Channels with their health, as far as it is known without the network */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One channel with its health */
        get: operations["showChannel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Processes that send, those that began last at first */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The documents of feeds */
        get: operations["listFeeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, when and why, the newest first */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The webhooks of the configuration, and how they are doing */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Switch a webhook on again that was switched off because its receiver answered 410 */
        put: operations["enableWebhook"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages to webhooks with all attempts, newest first */
        get: operations["listWebhookMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-messages/{id}/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message again, now, with the same id */
        post: operations["replayWebhookMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow what happens, as server-sent events */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @description Leads to a page that explains this kind of problem. */
            type: string;
            status?: number;
            /** @description What is wrong. */
            title: string;
            /** @enum {string} */
            code: "invalid" | "unauthorized" | "forbidden" | "not_found" | "conflict" | "outdated" | "too_many_requests" | "unavailable" | "internal";
            /** @description What to do. */
            detail?: string;
            /** @description The ETag of the resource as it is now. */
            etag?: string;
            /** @description What has changed since a plan was made. */
            differences?: unknown[];
        };
    };
    responses: {
        /** @description A parameter or the request body is not valid. */
        Invalid: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#invalid",
                 *       "code": "invalid",
                 *       "title": "There is no query parameter \"stat\" here",
                 *       "detail": "The parameters are: state, limit, cursor."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token is missing or wrong. */
        Unauthorized: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#unauthorized",
                 *       "code": "unauthorized",
                 *       "title": "Send an API token as \"Authorization: Bearer …\"",
                 *       "detail": "`postrider tokens create` makes one."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller does not have the permission for this. */
        Forbidden: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#forbidden",
                 *       "code": "forbidden",
                 *       "title": "This needs the permission \"operate\", which you do not have",
                 *       "detail": "Ask an admin for a role that has it (operator, admin), or for a token with this scope."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is nothing with this id or name. */
        NotFound: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#not_found",
                 *       "code": "not_found",
                 *       "title": "There is no delivery \"4711\"",
                 *       "detail": "Ids of deliveries are numbers. GET /api/v1/deliveries lists them."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The state of the resource does not allow this. */
        Conflict: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#conflict",
                 *       "code": "conflict",
                 *       "title": "This delivery is accepted, not uncertain",
                 *       "detail": "Only uncertain deliveries need a decision."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The Idempotency-Key was used for another request. */
        KeyUsed: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#invalid",
                 *       "code": "invalid",
                 *       "title": "This Idempotency-Key was used for another request",
                 *       "detail": "Use a new key for a new request."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The resource has changed since the answer with this ETag. Nothing was done. */
        Outdated: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#outdated",
                 *       "code": "outdated",
                 *       "title": "The resource has changed since you read it, and nothing was done",
                 *       "detail": "Read it again: GET /api/v1/campaigns/1b4e28ba-2fa1-41d2-883f-0016d3cca427."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This token sent too many requests. */
        TooManyRequests: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#too_many_requests",
                 *       "code": "too_many_requests",
                 *       "title": "This token may send 6000 requests a minute, and has sent more",
                 *       "detail": "Ask again in 1 s. `server.requestsPerMinute` in postrider.yaml sets the number."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database or the queue does not answer. */
        Unavailable: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/api/v1/problems#unavailable",
                 *       "code": "unavailable",
                 *       "title": "The database does not answer",
                 *       "detail": "Try again in a minute."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description How many requests are left (`r`), and in how many seconds all are back (`t`)
         * @example "requests";r=5999;t=1
         */
        RateLimit: string;
        /**
         * @description How many requests (`q`) a token may send in so many seconds (`w`)
         * @example "requests";q=6000;w=60
         */
        RateLimitPolicy: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listPosts: {
        parameters: {
            query?: {
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "posts": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        publications: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        posts: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                    } | {
                        items: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    publishPost: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`
                 * @example 2027/hello.md
                 */
                post: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "channels": [
                 *         "newsletter"
                 *       ],
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /** @description Names of channels. Default: all */
                    channels?: string[];
                    /**
                     * Format: date-time
                     * @description When to send the post. Default: the post's own date, or now
                     */
                    at?: string;
                    /** @description The hash of a plan. Publishes exactly this plan, or nothing */
                    plan?: string;
                    /** @description The file has changed. Drafts and posts from before the jobs began are not published */
                    onChange?: boolean;
                    /** @description Publish the file as a new post, even if it looks like a renamed one */
                    new?: boolean;
                    /** @description Publish the file as this existing post, which was renamed: its old file, id or address */
                    sameAs?: string;
                    /** @description Returns the plan and does nothing */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description The plan, for a dry run. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": {
                     *         "hash": "hash",
                     *         "posts": [
                     *           {
                     *             "post": "2027/hello.md",
                     *             "path": "content/posts/2027/hello.md",
                     *             "title": "Hello",
                     *             "url": "https://example.org/blog/hello/",
                     *             "revision": "3fd1c07a92be",
                     *             "status": "status",
                     *             "checks": [
                     *               {
                     *                 "severity": "error",
                     *                 "code": "550",
                     *                 "line": 1,
                     *                 "message": "The mailbox does not exist"
                     *               }
                     *             ],
                     *             "channels": [
                     *               {
                     *                 "channel": "newsletter",
                     *                 "adapter": "smtp",
                     *                 "medium": "email",
                     *                 "action": "send",
                     *                 "reason": "the relay's log has it",
                     *                 "publication": "publication",
                     *                 "from": "from",
                     *                 "at": "at",
                     *                 "afterMs": 1,
                     *                 "gated": true,
                     *                 "audience": {
                     *                   "recipients": 1,
                     *                   "excluded": {
                     *                     "newsletter": 1
                     *                   },
                     *                   "hadElsewhere": [
                     *                     {
                     *                       "readers": 1,
                     *                       "source": "subscribe",
                     *                       "importedAt": "importedAt",
                     *                       "why": "published",
                     *                       "since": "since",
                     *                       "postDate": "postDate"
                     *                     }
                     *                   ],
                     *                   "fingerprint": "fingerprint"
                     *                 },
                     *                 "subject": "subject",
                     *                 "text": "text",
                     *                 "bytes": 1,
                     *                 "digest": "digest",
                     *                 "diff": [
                     *                   "diff"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "path": "content/posts/2027/hello.md",
                     *           "status": "status",
                     *           "diagnostics": [
                     *             {
                     *               "severity": "error",
                     *               "code": "550",
                     *               "line": 1,
                     *               "message": "The mailbox does not exist"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "leftAlone": "leftAlone"
                     *     }
                     */
                    "application/json": {
                        /** @description Only for a dry run */
                        plan?: {
                            /** @description Equal plans have equal hashes */
                            hash: string;
                            posts: {
                                post: string;
                                path: string;
                                title: string;
                                url: string;
                                revision: string;
                                status: string;
                                checks: {
                                    /** @enum {string} */
                                    severity: "error" | "warning";
                                    code: string;
                                    /** @description The first line is 1 */
                                    line: number;
                                    message: string;
                                }[];
                                channels: {
                                    channel: string;
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @enum {string} */
                                    action: "send" | "reschedule" | "resume" | "none";
                                    reason?: string;
                                    publication?: string;
                                    from?: string;
                                    at?: string;
                                    afterMs?: number;
                                    /** @constant */
                                    gated?: true;
                                    audience: {
                                        recipients: number;
                                        /** @description Readers on the list who get nothing: reason -> number */
                                        excluded: {
                                            [key: string]: number;
                                        };
                                        hadElsewhere?: {
                                            readers: number;
                                            source: string;
                                            importedAt: string | null;
                                            /** @enum {string} */
                                            why: "published" | "seen" | "dated" | "listed";
                                            since: string | null;
                                            postDate: string;
                                        }[];
                                        fingerprint: string;
                                    };
                                    subject?: string;
                                    text?: string;
                                    bytes: number;
                                    digest: string;
                                    diff: string[];
                                }[];
                            }[];
                        };
                        publications?: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        refused?: {
                            path: string;
                            status: string;
                            diagnostics: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                code: string;
                                /** @description The first line is 1 */
                                line: number;
                                message: string;
                            }[];
                        }[];
                        /** @description Why a post whose file has changed was not published */
                        leftAlone?: string;
                    };
                };
            };
            /** @description Accepted. Workers will do the rest. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": {
                     *         "hash": "hash",
                     *         "posts": [
                     *           {
                     *             "post": "2027/hello.md",
                     *             "path": "content/posts/2027/hello.md",
                     *             "title": "Hello",
                     *             "url": "https://example.org/blog/hello/",
                     *             "revision": "3fd1c07a92be",
                     *             "status": "status",
                     *             "checks": [
                     *               {
                     *                 "severity": "error",
                     *                 "code": "550",
                     *                 "line": 1,
                     *                 "message": "The mailbox does not exist"
                     *               }
                     *             ],
                     *             "channels": [
                     *               {
                     *                 "channel": "newsletter",
                     *                 "adapter": "smtp",
                     *                 "medium": "email",
                     *                 "action": "send",
                     *                 "reason": "the relay's log has it",
                     *                 "publication": "publication",
                     *                 "from": "from",
                     *                 "at": "at",
                     *                 "afterMs": 1,
                     *                 "gated": true,
                     *                 "audience": {
                     *                   "recipients": 1,
                     *                   "excluded": {
                     *                     "newsletter": 1
                     *                   },
                     *                   "hadElsewhere": [
                     *                     {
                     *                       "readers": 1,
                     *                       "source": "subscribe",
                     *                       "importedAt": "importedAt",
                     *                       "why": "published",
                     *                       "since": "since",
                     *                       "postDate": "postDate"
                     *                     }
                     *                   ],
                     *                   "fingerprint": "fingerprint"
                     *                 },
                     *                 "subject": "subject",
                     *                 "text": "text",
                     *                 "bytes": 1,
                     *                 "digest": "digest",
                     *                 "diff": [
                     *                   "diff"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "path": "content/posts/2027/hello.md",
                     *           "status": "status",
                     *           "diagnostics": [
                     *             {
                     *               "severity": "error",
                     *               "code": "550",
                     *               "line": 1,
                     *               "message": "The mailbox does not exist"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "leftAlone": "leftAlone"
                     *     }
                     */
                    "application/json": {
                        /** @description Only for a dry run */
                        plan?: {
                            /** @description Equal plans have equal hashes */
                            hash: string;
                            posts: {
                                post: string;
                                path: string;
                                title: string;
                                url: string;
                                revision: string;
                                status: string;
                                checks: {
                                    /** @enum {string} */
                                    severity: "error" | "warning";
                                    code: string;
                                    /** @description The first line is 1 */
                                    line: number;
                                    message: string;
                                }[];
                                channels: {
                                    channel: string;
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @enum {string} */
                                    action: "send" | "reschedule" | "resume" | "none";
                                    reason?: string;
                                    publication?: string;
                                    from?: string;
                                    at?: string;
                                    afterMs?: number;
                                    /** @constant */
                                    gated?: true;
                                    audience: {
                                        recipients: number;
                                        /** @description Readers on the list who get nothing: reason -> number */
                                        excluded: {
                                            [key: string]: number;
                                        };
                                        hadElsewhere?: {
                                            readers: number;
                                            source: string;
                                            importedAt: string | null;
                                            /** @enum {string} */
                                            why: "published" | "seen" | "dated" | "listed";
                                            since: string | null;
                                            postDate: string;
                                        }[];
                                        fingerprint: string;
                                    };
                                    subject?: string;
                                    text?: string;
                                    bytes: number;
                                    digest: string;
                                    diff: string[];
                                }[];
                            }[];
                        };
                        publications?: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        refused?: {
                            path: string;
                            status: string;
                            diagnostics: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                code: string;
                                /** @description The first line is 1 */
                                line: number;
                                message: string;
                            }[];
                        }[];
                        /** @description Why a post whose file has changed was not published */
                        leftAlone?: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Something has changed since the plan was made. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    republishPost: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`
                 * @example 2027/hello.md
                 */
                post: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mode": "retry",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /** @description Names of channels. Default: all */
                    channels?: string[];
                    /** @enum {string} */
                    mode: "retry" | "update" | "repost" | "finish";
                    /** @description Recorded in the ledger. Required for a repost */
                    reason?: string;
                    /** @description With update: if a network can't edit, delete the post there and post it again */
                    replace?: boolean;
                    /** @description With repost: Markdown that is put above the post. Only readers who got the post get it */
                    correction?: string;
                    /** @description Returns the plan and does nothing */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description The plan, for a dry run. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": {
                     *         "postId": "postId",
                     *         "mode": "mode",
                     *         "revision": "3fd1c07a92be",
                     *         "withdrawn": true,
                     *         "steps": [
                     *           {
                     *             "channel": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "action": "send",
                     *             "reason": "the relay's log has it",
                     *             "recipients": 1,
                     *             "again": 1,
                     *             "maybeAgain": 1,
                     *             "shows": "shows",
                     *             "wants": "wants",
                     *             "diff": [
                     *               "diff"
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "done": 1,
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "path": "content/posts/2027/hello.md",
                     *           "status": "status",
                     *           "diagnostics": [
                     *             {
                     *               "severity": "error",
                     *               "code": "550",
                     *               "line": 1,
                     *               "message": "The mailbox does not exist"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description null: the post has errors, and nothing was done */
                        plan: {
                            postId: string;
                            mode: string;
                            revision: string;
                            withdrawn: boolean;
                            steps: {
                                channel: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                /** @enum {string} */
                                action: "send" | "edit" | "replace" | "none";
                                reason: string;
                                recipients: number;
                                /** @description Recipients who already received the post */
                                again: number;
                                maybeAgain: number;
                                shows: string | null;
                                wants: string;
                                diff: string[];
                            }[];
                        } | null;
                        /** @description Number of deliveries and copies that were sent or edited */
                        done: number;
                        publications?: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        refused?: {
                            path: string;
                            status: string;
                            diagnostics: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                code: string;
                                /** @description The first line is 1 */
                                line: number;
                                message: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Accepted. Workers will do the rest. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": {
                     *         "postId": "postId",
                     *         "mode": "mode",
                     *         "revision": "3fd1c07a92be",
                     *         "withdrawn": true,
                     *         "steps": [
                     *           {
                     *             "channel": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "action": "send",
                     *             "reason": "the relay's log has it",
                     *             "recipients": 1,
                     *             "again": 1,
                     *             "maybeAgain": 1,
                     *             "shows": "shows",
                     *             "wants": "wants",
                     *             "diff": [
                     *               "diff"
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "done": 1,
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "path": "content/posts/2027/hello.md",
                     *           "status": "status",
                     *           "diagnostics": [
                     *             {
                     *               "severity": "error",
                     *               "code": "550",
                     *               "line": 1,
                     *               "message": "The mailbox does not exist"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description null: the post has errors, and nothing was done */
                        plan: {
                            postId: string;
                            mode: string;
                            revision: string;
                            withdrawn: boolean;
                            steps: {
                                channel: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                /** @enum {string} */
                                action: "send" | "edit" | "replace" | "none";
                                reason: string;
                                recipients: number;
                                /** @description Recipients who already received the post */
                                again: number;
                                maybeAgain: number;
                                shows: string | null;
                                wants: string;
                                diff: string[];
                            }[];
                        } | null;
                        /** @description Number of deliveries and copies that were sent or edited */
                        done: number;
                        publications?: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        refused?: {
                            path: string;
                            status: string;
                            diagnostics: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                code: string;
                                /** @description The first line is 1 */
                                line: number;
                                message: string;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Something has changed since the plan was made. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`
                 * @example 2027/hello.md
                 */
                post: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    /** @description Names of channels. Default: all */
                    channels?: string[];
                    /** @description Recorded in the ledger */
                    reason?: string;
                    /** @description Returns the plan and does nothing */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": {
                     *         "postId": "postId",
                     *         "title": "Hello",
                     *         "marks": true,
                     *         "steps": [
                     *           {
                     *             "channel": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "actions": [
                     *               "cancel"
                     *             ],
                     *             "reason": "the relay's log has it",
                     *             "copies": [
                     *               {
                     *                 "deliveryId": "deliveryId",
                     *                 "publicationId": "publicationId",
                     *                 "channel": "newsletter",
                     *                 "receipt": {
                     *                   "remoteId": "remoteId",
                     *                   "url": "https://example.org/blog/hello/"
                     *                 }
                     *               }
                     *             ],
                     *             "pending": 1
                     *           }
                     *         ],
                     *         "editions": [
                     *           {
                     *             "job": "weekly-digest",
                     *             "number": 1,
                     *             "state": "waiting",
                     *             "postId": "postId",
                     *             "channels": [
                     *               "newsletter"
                     *             ],
                     *             "open": true,
                     *             "reached": true
                     *           }
                     *         ]
                     *       },
                     *       "withdrawn": [
                     *         {
                     *           "channel": "newsletter",
                     *           "retracted": 1,
                     *           "cancelled": 1,
                     *           "unscheduled": true,
                     *           "sending": 1,
                     *           "problems": [
                     *             "problem"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        plan: {
                            postId: string;
                            title: string;
                            /** @description The post is marked as withdrawn: nothing more of it is sent */
                            marks: boolean;
                            steps: {
                                channel: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                actions: ("cancel" | "retract" | "show-withdrawn" | "none")[];
                                reason: string;
                                copies: {
                                    deliveryId: string;
                                    publicationId: string;
                                    channel: string;
                                    /** @description The provider's answer */
                                    receipt: {
                                        remoteId?: string;
                                        url?: string;
                                    };
                                }[];
                                pending: number;
                            }[];
                            editions: {
                                job: string;
                                number: number;
                                /** @enum {string} */
                                state: "waiting" | "approved";
                                postId: string;
                                channels: string[];
                                open: boolean;
                                reached: boolean;
                            }[];
                        };
                        withdrawn: {
                            channel: string;
                            retracted: number;
                            cancelled: number;
                            unscheduled: boolean;
                            /** @description In transmission when the post was withdrawn: these may still arrive */
                            sending: number;
                            /** @description Why some copies still exist */
                            problems: string[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description This database is a copy that must not send. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "newsletter",
                     *           "kind": "publish",
                     *           "description": "description",
                     *           "schedule": {
                     *             "text": "text",
                     *             "cron": "cron",
                     *             "timezone": "timezone",
                     *             "missed": "run-once"
                     *           },
                     *           "next": [
                     *             "2027-01-05T09:00:00Z"
                     *           ],
                     *           "last": {
                     *             "job": "weekly-digest",
                     *             "scheduledFor": "2027-01-05T09:00:00Z",
                     *             "actor": "api",
                     *             "missed": 1,
                     *             "state": "done",
                     *             "outcome": "outcome"
                     *           },
                     *           "trouble": {
                     *             "name": "newsletter",
                     *             "failure": "failure",
                     *             "retryAt": "2027-01-05T09:00:00Z"
                     *           }
                     *         }
                     *       ],
                     *       "next": "next",
                     *       "jobs": [
                     *         {
                     *           "name": "newsletter",
                     *           "kind": "publish",
                     *           "description": "description",
                     *           "schedule": {
                     *             "text": "text",
                     *             "cron": "cron",
                     *             "timezone": "timezone",
                     *             "missed": "run-once"
                     *           },
                     *           "next": [
                     *             "2027-01-05T09:00:00Z"
                     *           ],
                     *           "last": {
                     *             "job": "weekly-digest",
                     *             "scheduledFor": "2027-01-05T09:00:00Z",
                     *             "actor": "api",
                     *             "missed": 1,
                     *             "state": "done",
                     *             "outcome": "outcome"
                     *           },
                     *           "trouble": {
                     *             "name": "newsletter",
                     *             "failure": "failure",
                     *             "retryAt": "2027-01-05T09:00:00Z"
                     *           }
                     *         }
                     *       ],
                     *       "problems": [
                     *         {
                     *           "file": "file",
                     *           "line": 1,
                     *           "message": "The mailbox does not exist"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            /** @enum {string} */
                            kind: "publish" | "campaign" | "republish" | "maintenance";
                            description: string;
                            schedule?: {
                                text: string;
                                cron: string;
                                timezone: string;
                                /** @enum {string} */
                                missed: "run-once" | "skip";
                            };
                            next: string[];
                            last: {
                                job: string;
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                scheduledFor: string;
                                actor: string;
                                /** @description Earlier missed times that this run replaces */
                                missed: number;
                                /** @enum {string} */
                                state: "done" | "nothing" | "waiting" | "skipped";
                                outcome: string;
                            } | null;
                            trouble: {
                                name: string;
                                failure: string;
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                retryAt: string;
                            } | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                        /** @description Only without parameters, for clients of earlier versions */
                        jobs?: {
                            name: string;
                            /** @enum {string} */
                            kind: "publish" | "campaign" | "republish" | "maintenance";
                            description: string;
                            schedule?: {
                                text: string;
                                cron: string;
                                timezone: string;
                                /** @enum {string} */
                                missed: "run-once" | "skip";
                            };
                            next: string[];
                            last: {
                                job: string;
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                scheduledFor: string;
                                actor: string;
                                /** @description Earlier missed times that this run replaces */
                                missed: number;
                                /** @enum {string} */
                                state: "done" | "nothing" | "waiting" | "skipped";
                                outcome: string;
                            } | null;
                            trouble: {
                                name: string;
                                failure: string;
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                retryAt: string;
                            } | null;
                        }[];
                        /** @description Only without parameters, for clients of earlier versions */
                        problems?: {
                            file: string;
                            line: number | null;
                            message: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    runJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The name of a job
                 * @example weekly-digest
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description A file, relative to the site */
                    post?: string;
                    /** @description Names of channels. Default: all */
                    channels?: string[];
                    /** @enum {string} */
                    mode?: "retry" | "update" | "repost" | "finish";
                    /** @description Recorded in the ledger. Required for a repost */
                    reason?: string;
                    /** @description Returns the plan and does nothing */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description The plan, for a dry run. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "publish",
                     *       "plan": {
                     *         "postId": "postId",
                     *         "mode": "mode",
                     *         "revision": "3fd1c07a92be",
                     *         "withdrawn": true,
                     *         "steps": [
                     *           {
                     *             "channel": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "action": "send",
                     *             "reason": "the relay's log has it",
                     *             "recipients": 1,
                     *             "again": 1,
                     *             "maybeAgain": 1,
                     *             "shows": "shows",
                     *             "wants": "wants",
                     *             "diff": [
                     *               "diff"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        kind: "publish" | "campaign" | "republish" | "maintenance";
                        plan: {
                            postId: string;
                            mode: string;
                            revision: string;
                            withdrawn: boolean;
                            steps: {
                                channel: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                /** @enum {string} */
                                action: "send" | "edit" | "replace" | "none";
                                reason: string;
                                recipients: number;
                                /** @description Recipients who already received the post */
                                again: number;
                                maybeAgain: number;
                                shows: string | null;
                                wants: string;
                                diff: string[];
                            }[];
                        } | {
                            /** @description First run: number of existing posts that are not sent */
                            baseline?: number | null;
                            posts?: {
                                id: string;
                                title: string;
                                url: string;
                            }[];
                            tasks?: string[];
                        };
                    };
                };
            };
            /** @description Accepted. Workers will do the rest. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "job": "weekly-digest",
                     *       "scheduledFor": "2027-01-05T09:00:00Z",
                     *       "actor": "api",
                     *       "missed": 1,
                     *       "state": "done",
                     *       "outcome": "outcome",
                     *       "occurrence": {
                     *         "job": "weekly-digest",
                     *         "scheduledFor": "2027-01-05T09:00:00Z",
                     *         "actor": "api",
                     *         "missed": 1,
                     *         "state": "done",
                     *         "outcome": "outcome"
                     *       },
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        job: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        scheduledFor: string;
                        actor: string;
                        /** @description Earlier missed times that this run replaces */
                        missed: number;
                        /** @enum {string} */
                        state: "done" | "nothing" | "waiting" | "skipped";
                        outcome: string;
                        occurrence: {
                            job: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor: string;
                            actor: string;
                            /** @description Earlier missed times that this run replaces */
                            missed: number;
                            /** @enum {string} */
                            state: "done" | "nothing" | "waiting" | "skipped";
                            outcome: string;
                        };
                        publications: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Something has changed since the plan was made. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEditions: {
        parameters: {
            query?: {
                /** @example waiting */
                state?: "waiting" | "approved" | "declined" | "expired";
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The name of a job
                 * @example weekly-digest
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "job": "weekly-digest",
                     *           "number": 1,
                     *           "postId": "postId",
                     *           "revision": "3fd1c07a92be",
                     *           "title": "Hello",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "actor": "api",
                     *           "channels": [
                     *             {
                     *               "name": "newsletter",
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "list": "everyone",
                     *               "sending": {}
                     *             }
                     *           ],
                     *           "state": "waiting",
                     *           "publicationId": "publicationId",
                     *           "reviewers": [
                     *             "reviewer"
                     *           ],
                     *           "expiresAt": "2027-01-05T09:00:00Z",
                     *           "askedAt": "2027-01-05T09:00:00Z",
                     *           "decidedAt": "2027-01-05T09:00:00Z",
                     *           "decidedBy": "decidedBy"
                     *         }
                     *       ],
                     *       "next": "next",
                     *       "editions": [
                     *         {
                     *           "job": "weekly-digest",
                     *           "number": 1,
                     *           "postId": "postId",
                     *           "revision": "3fd1c07a92be",
                     *           "title": "Hello",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "actor": "api",
                     *           "channels": [
                     *             {
                     *               "name": "newsletter",
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "list": "everyone",
                     *               "sending": {}
                     *             }
                     *           ],
                     *           "state": "waiting",
                     *           "publicationId": "publicationId",
                     *           "reviewers": [
                     *             "reviewer"
                     *           ],
                     *           "expiresAt": "2027-01-05T09:00:00Z",
                     *           "askedAt": "2027-01-05T09:00:00Z",
                     *           "decidedAt": "2027-01-05T09:00:00Z",
                     *           "decidedBy": "decidedBy"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            job: string;
                            number: number;
                            postId: string;
                            revision: string;
                            title: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor: string;
                            actor: string;
                            channels: {
                                name: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                list?: string;
                                /** @description Rules of sending: rate limits, delays, quiet hours, limits of failures */
                                sending?: unknown;
                            }[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "declined" | "expired";
                            publicationId: string | null;
                            reviewers: string[];
                            expiresAt: string | null;
                            askedAt: string | null;
                            decidedAt: string | null;
                            decidedBy: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                        /** @description Only without parameters, for clients of earlier versions */
                        editions?: {
                            job: string;
                            number: number;
                            postId: string;
                            revision: string;
                            title: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor: string;
                            actor: string;
                            channels: {
                                name: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                list?: string;
                                /** @description Rules of sending: rate limits, delays, quiet hours, limits of failures */
                                sending?: unknown;
                            }[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "declined" | "expired";
                            publicationId: string | null;
                            reviewers: string[];
                            expiresAt: string | null;
                            askedAt: string | null;
                            decidedAt: string | null;
                            decidedBy: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showEdition: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The name of a job
                 * @example weekly-digest
                 */
                name: string;
                /**
                 * @description The number of an edition
                 * @example 1
                 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "edition": {
                     *         "job": "weekly-digest",
                     *         "number": 1,
                     *         "postId": "postId",
                     *         "revision": "3fd1c07a92be",
                     *         "title": "Hello",
                     *         "scheduledFor": "2027-01-05T09:00:00Z",
                     *         "actor": "api",
                     *         "channels": [
                     *           {
                     *             "name": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "list": "everyone",
                     *             "sending": {}
                     *           }
                     *         ],
                     *         "state": "waiting",
                     *         "publicationId": "publicationId",
                     *         "reviewers": [
                     *           "reviewer"
                     *         ],
                     *         "expiresAt": "2027-01-05T09:00:00Z",
                     *         "askedAt": "2027-01-05T09:00:00Z",
                     *         "decidedAt": "2027-01-05T09:00:00Z",
                     *         "decidedBy": "decidedBy"
                     *       },
                     *       "posts": [
                     *         {
                     *           "postId": "postId",
                     *           "url": "https://example.org/blog/hello/"
                     *         }
                     *       ],
                     *       "mails": {
                     *         "newsletter": {
                     *           "subject": "subject",
                     *           "html": "html",
                     *           "text": "text"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        edition: {
                            job: string;
                            number: number;
                            postId: string;
                            revision: string;
                            title: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor: string;
                            actor: string;
                            channels: {
                                name: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                list?: string;
                                /** @description Rules of sending: rate limits, delays, quiet hours, limits of failures */
                                sending?: unknown;
                            }[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "declined" | "expired";
                            publicationId: string | null;
                            reviewers: string[];
                            expiresAt: string | null;
                            askedAt: string | null;
                            decidedAt: string | null;
                            decidedBy: string | null;
                        };
                        posts: {
                            postId: string;
                            url: string;
                        }[];
                        /** @description One object for each list */
                        mails: {
                            [key: string]: {
                                subject: string;
                                html: string;
                                text: string;
                            };
                        };
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveEdition: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The name of a job
                 * @example weekly-digest
                 */
                name: string;
                /**
                 * @description The number of an edition
                 * @example 1
                 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "by": "Ada"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Who decided. Recorded with the edition
                     * @example Ada
                     */
                    by?: string;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "edition": {
                     *         "job": "weekly-digest",
                     *         "number": 1,
                     *         "postId": "postId",
                     *         "revision": "3fd1c07a92be",
                     *         "title": "Hello",
                     *         "scheduledFor": "2027-01-05T09:00:00Z",
                     *         "actor": "api",
                     *         "channels": [
                     *           {
                     *             "name": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "list": "everyone",
                     *             "sending": {}
                     *           }
                     *         ],
                     *         "state": "waiting",
                     *         "publicationId": "publicationId",
                     *         "reviewers": [
                     *           "reviewer"
                     *         ],
                     *         "expiresAt": "2027-01-05T09:00:00Z",
                     *         "askedAt": "2027-01-05T09:00:00Z",
                     *         "decidedAt": "2027-01-05T09:00:00Z",
                     *         "decidedBy": "decidedBy"
                     *       }
                     *     }
                     */
                    "application/json": {
                        edition: {
                            job: string;
                            number: number;
                            postId: string;
                            revision: string;
                            title: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor: string;
                            actor: string;
                            channels: {
                                name: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                list?: string;
                                /** @description Rules of sending: rate limits, delays, quiet hours, limits of failures */
                                sending?: unknown;
                            }[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "declined" | "expired";
                            publicationId: string | null;
                            reviewers: string[];
                            expiresAt: string | null;
                            askedAt: string | null;
                            decidedAt: string | null;
                            decidedBy: string | null;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The edition was already approved or declined. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    declineEdition: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The name of a job
                 * @example weekly-digest
                 */
                name: string;
                /**
                 * @description The number of an edition
                 * @example 1
                 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "by": "Ada"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Who decided. Recorded with the edition
                     * @example Ada
                     */
                    by?: string;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "edition": {
                     *         "job": "weekly-digest",
                     *         "number": 1,
                     *         "postId": "postId",
                     *         "revision": "3fd1c07a92be",
                     *         "title": "Hello",
                     *         "scheduledFor": "2027-01-05T09:00:00Z",
                     *         "actor": "api",
                     *         "channels": [
                     *           {
                     *             "name": "newsletter",
                     *             "adapter": "smtp",
                     *             "medium": "email",
                     *             "list": "everyone",
                     *             "sending": {}
                     *           }
                     *         ],
                     *         "state": "waiting",
                     *         "publicationId": "publicationId",
                     *         "reviewers": [
                     *           "reviewer"
                     *         ],
                     *         "expiresAt": "2027-01-05T09:00:00Z",
                     *         "askedAt": "2027-01-05T09:00:00Z",
                     *         "decidedAt": "2027-01-05T09:00:00Z",
                     *         "decidedBy": "decidedBy"
                     *       }
                     *     }
                     */
                    "application/json": {
                        edition: {
                            job: string;
                            number: number;
                            postId: string;
                            revision: string;
                            title: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor: string;
                            actor: string;
                            channels: {
                                name: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                list?: string;
                                /** @description Rules of sending: rate limits, delays, quiet hours, limits of failures */
                                sending?: unknown;
                            }[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "declined" | "expired";
                            publicationId: string | null;
                            reviewers: string[];
                            expiresAt: string | null;
                            askedAt: string | null;
                            decidedAt: string | null;
                            decidedBy: string | null;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The edition was already approved or declined. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /**
                 * @description The id of a post
                 * @example 2027/hello.md
                 */
                post?: string;
                /**
                 * @description The name of a channel
                 * @example newsletter
                 */
                channel?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "list": "everyone",
                     *           "state": "scheduled",
                     *           "reason": "the relay's log has it",
                     *           "actor": "api",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "working": true,
                     *           "perSecond": 1,
                     *           "secondsLeft": 1,
                     *           "subjects": {
                     *             "sent": [
                     *               1
                     *             ],
                     *             "chosen": 1
                     *           },
                     *           "engagement": {
                     *             "opened": 1,
                     *             "prefetched": 1,
                     *             "clicked": 1,
                     *             "links": [
                     *               {
                     *                 "url": "https://example.org/blog/hello/",
                     *                 "clicked": 1,
                     *                 "prefetched": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next": "next",
                     *       "campaigns": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "list": "everyone",
                     *           "state": "scheduled",
                     *           "reason": "the relay's log has it",
                     *           "actor": "api",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "working": true,
                     *           "perSecond": 1,
                     *           "secondsLeft": 1,
                     *           "subjects": {
                     *             "sent": [
                     *               1
                     *             ],
                     *             "chosen": 1
                     *           },
                     *           "engagement": {
                     *             "opened": 1,
                     *             "prefetched": 1,
                     *             "clicked": 1,
                     *             "links": [
                     *               {
                     *                 "url": "https://example.org/blog/hello/",
                     *                 "clicked": 1,
                     *                 "prefetched": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            id: string;
                            channel: string;
                            post: string;
                            title: string;
                            list: string | null;
                            /** @enum {string} */
                            state: "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";
                            reason: string | null;
                            actor: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            startedAt: string | null;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description A running process sends the emails of this channel */
                            working: boolean;
                            /** @description Emails per second, average of the last minute */
                            perSecond: number;
                            secondsLeft: number | null;
                            subjects?: {
                                sent: number[];
                                chosen: number | null;
                            };
                            engagement?: {
                                opened: number;
                                /** @description Opened only by programs, as far as that can be known */
                                prefetched: number;
                                clicked: number;
                                links: {
                                    url: string;
                                    clicked: number;
                                    prefetched: number;
                                }[];
                            };
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                        /** @description Only without parameters, for clients of earlier versions */
                        campaigns?: {
                            id: string;
                            channel: string;
                            post: string;
                            title: string;
                            list: string | null;
                            /** @enum {string} */
                            state: "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";
                            reason: string | null;
                            actor: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            startedAt: string | null;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description A running process sends the emails of this channel */
                            working: boolean;
                            /** @description Emails per second, average of the last minute */
                            perSecond: number;
                            secondsLeft: number | null;
                            subjects?: {
                                sent: number[];
                                chosen: number | null;
                            };
                            engagement?: {
                                opened: number;
                                /** @description Opened only by programs, as far as that can be known */
                                prefetched: number;
                                clicked: number;
                                links: {
                                    url: string;
                                    clicked: number;
                                    prefetched: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showCampaign: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The campaign's id, or its first characters
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "campaigns": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "list": "everyone",
                     *           "state": "scheduled",
                     *           "reason": "the relay's log has it",
                     *           "actor": "api",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "working": true,
                     *           "perSecond": 1,
                     *           "secondsLeft": 1,
                     *           "subjects": {
                     *             "sent": [
                     *               1
                     *             ],
                     *             "chosen": 1
                     *           },
                     *           "engagement": {
                     *             "opened": 1,
                     *             "prefetched": 1,
                     *             "clicked": 1,
                     *             "links": [
                     *               {
                     *                 "url": "https://example.org/blog/hello/",
                     *                 "clicked": 1,
                     *                 "prefetched": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        campaigns: {
                            id: string;
                            channel: string;
                            post: string;
                            title: string;
                            list: string | null;
                            /** @enum {string} */
                            state: "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";
                            reason: string | null;
                            actor: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            startedAt: string | null;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description A running process sends the emails of this channel */
                            working: boolean;
                            /** @description Emails per second, average of the last minute */
                            perSecond: number;
                            secondsLeft: number | null;
                            subjects?: {
                                sent: number[];
                                chosen: number | null;
                            };
                            engagement?: {
                                opened: number;
                                /** @description Opened only by programs, as far as that can be known */
                                prefetched: number;
                                clicked: number;
                                links: {
                                    url: string;
                                    clicked: number;
                                    prefetched: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    auditCampaign: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The campaign's id, or its first characters
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "campaign": "campaign",
                     *       "channels": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "candidates": 1,
                     *           "prepared": 1,
                     *           "deliveries": 1,
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "excluded": {
                     *             "newsletter": 1
                     *           },
                     *           "alarms": [
                     *             {
                     *               "at": "2027-01-05T09:00:00Z",
                     *               "kind": "kind",
                     *               "data": {}
                     *             }
                     *           ],
                     *           "open": 1,
                     *           "problems": [
                     *             "problem"
                     *           ]
                     *         }
                     *       ],
                     *       "audits": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "candidates": 1,
                     *           "prepared": 1,
                     *           "deliveries": 1,
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "excluded": {
                     *             "newsletter": 1
                     *           },
                     *           "alarms": [
                     *             {
                     *               "at": "2027-01-05T09:00:00Z",
                     *               "kind": "kind",
                     *               "data": {}
                     *             }
                     *           ],
                     *           "open": 1,
                     *           "problems": [
                     *             "problem"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        ok: boolean;
                        campaign: string;
                        channels: {
                            id: string;
                            channel: string;
                            candidates: number;
                            prepared: number;
                            deliveries: number;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description Readers on the list who get nothing: reason -> number */
                            excluded: {
                                [key: string]: number;
                            };
                            alarms: {
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                at: string;
                                kind: string;
                                data: unknown;
                            }[];
                            open: number;
                            /** @description Empty if there is no problem */
                            problems: string[];
                        }[];
                        audits: {
                            id: string;
                            channel: string;
                            candidates: number;
                            prepared: number;
                            deliveries: number;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description Readers on the list who get nothing: reason -> number */
                            excluded: {
                                [key: string]: number;
                            };
                            alarms: {
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                at: string;
                                kind: string;
                                data: unknown;
                            }[];
                            open: number;
                            /** @description Empty if there is no problem */
                            problems: string[];
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseCampaign: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The campaign's id, or its first characters
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    /** @description Default: all its email channels */
                    channel?: string;
                    /** @description Recorded in the ledger */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "campaigns": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "list": "everyone",
                     *           "state": "scheduled",
                     *           "reason": "the relay's log has it",
                     *           "actor": "api",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "working": true,
                     *           "perSecond": 1,
                     *           "secondsLeft": 1,
                     *           "subjects": {
                     *             "sent": [
                     *               1
                     *             ],
                     *             "chosen": 1
                     *           },
                     *           "engagement": {
                     *             "opened": 1,
                     *             "prefetched": 1,
                     *             "clicked": 1,
                     *             "links": [
                     *               {
                     *                 "url": "https://example.org/blog/hello/",
                     *                 "clicked": 1,
                     *                 "prefetched": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        campaigns: {
                            id: string;
                            channel: string;
                            post: string;
                            title: string;
                            list: string | null;
                            /** @enum {string} */
                            state: "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";
                            reason: string | null;
                            actor: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            startedAt: string | null;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description A running process sends the emails of this channel */
                            working: boolean;
                            /** @description Emails per second, average of the last minute */
                            perSecond: number;
                            secondsLeft: number | null;
                            subjects?: {
                                sent: number[];
                                chosen: number | null;
                            };
                            engagement?: {
                                opened: number;
                                /** @description Opened only by programs, as far as that can be known */
                                prefetched: number;
                                clicked: number;
                                links: {
                                    url: string;
                                    clicked: number;
                                    prefetched: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The campaign was cancelled or is finished. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The campaign's id, or its first characters
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    /** @description Default: all its email channels */
                    channel?: string;
                    /** @description Recorded in the ledger */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description What was removed or ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "campaigns": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "list": "everyone",
                     *           "state": "scheduled",
                     *           "reason": "the relay's log has it",
                     *           "actor": "api",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "working": true,
                     *           "perSecond": 1,
                     *           "secondsLeft": 1,
                     *           "subjects": {
                     *             "sent": [
                     *               1
                     *             ],
                     *             "chosen": 1
                     *           },
                     *           "engagement": {
                     *             "opened": 1,
                     *             "prefetched": 1,
                     *             "clicked": 1,
                     *             "links": [
                     *               {
                     *                 "url": "https://example.org/blog/hello/",
                     *                 "clicked": 1,
                     *                 "prefetched": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        campaigns: {
                            id: string;
                            channel: string;
                            post: string;
                            title: string;
                            list: string | null;
                            /** @enum {string} */
                            state: "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";
                            reason: string | null;
                            actor: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            startedAt: string | null;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description A running process sends the emails of this channel */
                            working: boolean;
                            /** @description Emails per second, average of the last minute */
                            perSecond: number;
                            secondsLeft: number | null;
                            subjects?: {
                                sent: number[];
                                chosen: number | null;
                            };
                            engagement?: {
                                opened: number;
                                /** @description Opened only by programs, as far as that can be known */
                                prefetched: number;
                                clicked: number;
                                links: {
                                    url: string;
                                    clicked: number;
                                    prefetched: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The campaign was cancelled or is finished. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelCampaign: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The campaign's id, or its first characters
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    /** @description Default: all its email channels */
                    channel?: string;
                    /** @description Recorded in the ledger */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "campaigns": [
                     *         {
                     *           "id": "id",
                     *           "channel": "newsletter",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "list": "everyone",
                     *           "state": "scheduled",
                     *           "reason": "the relay's log has it",
                     *           "actor": "api",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "counts": {
                     *             "pending": 1,
                     *             "sending": 1,
                     *             "retrying": 1,
                     *             "accepted": 1,
                     *             "refused": 1,
                     *             "uncertain": 1,
                     *             "suppressed": 1,
                     *             "cancelled": 1
                     *           },
                     *           "working": true,
                     *           "perSecond": 1,
                     *           "secondsLeft": 1,
                     *           "subjects": {
                     *             "sent": [
                     *               1
                     *             ],
                     *             "chosen": 1
                     *           },
                     *           "engagement": {
                     *             "opened": 1,
                     *             "prefetched": 1,
                     *             "clicked": 1,
                     *             "links": [
                     *               {
                     *                 "url": "https://example.org/blog/hello/",
                     *                 "clicked": 1,
                     *                 "prefetched": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        campaigns: {
                            id: string;
                            channel: string;
                            post: string;
                            title: string;
                            list: string | null;
                            /** @enum {string} */
                            state: "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";
                            reason: string | null;
                            actor: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            startedAt: string | null;
                            /** @description Number of deliveries in each state */
                            counts: {
                                pending: number;
                                sending: number;
                                retrying: number;
                                accepted: number;
                                refused: number;
                                uncertain: number;
                                suppressed: number;
                                cancelled: number;
                            };
                            /** @description A running process sends the emails of this channel */
                            working: boolean;
                            /** @description Emails per second, average of the last minute */
                            perSecond: number;
                            secondsLeft: number | null;
                            subjects?: {
                                sent: number[];
                                chosen: number | null;
                            };
                            engagement?: {
                                opened: number;
                                /** @description Opened only by programs, as far as that can be known */
                                prefetched: number;
                                clicked: number;
                                links: {
                                    url: string;
                                    clicked: number;
                                    prefetched: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The campaign was cancelled or is finished. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkPost: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`
                 * @example 2027/hello.md
                 */
                post: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "posts": [
                     *         {
                     *           "path": "content/posts/2027/hello.md",
                     *           "title": "Hello",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "publishedAt",
                     *           "summary": "summary",
                     *           "revision": "3fd1c07a92be",
                     *           "status": "status",
                     *           "leftOut": {
                     *             "newsletter": "newsletter"
                     *           },
                     *           "diagnostics": [
                     *             {
                     *               "severity": "error",
                     *               "code": "550",
                     *               "line": 1,
                     *               "message": "The mailbox does not exist"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "rules": [
                     *         {
                     *           "code": "550",
                     *           "severity": "error",
                     *           "findings": 1,
                     *           "posts": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        posts: {
                            path: string;
                            title: string | null;
                            url: string | null;
                            publishedAt: string | null;
                            summary: string | null;
                            revision: string | null;
                            status: string;
                            leftOut: {
                                [key: string]: string;
                            };
                            diagnostics: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                code: string;
                                /** @description The first line is 1 */
                                line: number;
                                message: string;
                            }[];
                        }[];
                        rules: {
                            code: string;
                            /** @enum {string} */
                            severity: "error" | "warning";
                            findings: number;
                            posts: number;
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewPost: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`
                 * @example 2027/hello.md
                 */
                post: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": [
                     *         "file"
                     *       ],
                     *       "leftOut": {
                     *         "newsletter": "newsletter"
                     *       },
                     *       "diagnostics": [
                     *         {
                     *           "severity": "error",
                     *           "code": "550",
                     *           "line": 1,
                     *           "message": "The mailbox does not exist"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        files: string[];
                        leftOut: {
                            [key: string]: string;
                        };
                        diagnostics: {
                            /** @enum {string} */
                            severity: "error" | "warning";
                            code: string;
                            /** @description The first line is 1 */
                            line: number;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @example viewer */
                role?: "viewer" | "author" | "publisher" | "operator" | "admin";
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "newsletter",
                     *           "role": "viewer",
                     *           "email": "email",
                     *           "channels": [
                     *             "newsletter"
                     *           ],
                     *           "lists": [
                     *             "everyone"
                     *           ],
                     *           "createdBy": "createdBy",
                     *           "createdAt": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            /** @enum {string} */
                            role: "viewer" | "author" | "publisher" | "operator" | "admin";
                            email: string | null;
                            /** @description null: all */
                            channels: string[] | null;
                            /** @description null: all */
                            lists: string[] | null;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addPerson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ada",
                 *       "role": "publisher"
                 *     }
                 */
                "application/json": {
                    /**
                     * @default viewer
                     * @enum {string}
                     */
                    role?: "viewer" | "author" | "publisher" | "operator" | "admin";
                    email?: string;
                    channels?: string[];
                    lists?: string[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "person": {
                     *         "name": "newsletter",
                     *         "role": "viewer",
                     *         "email": "email",
                     *         "channels": [
                     *           "newsletter"
                     *         ],
                     *         "lists": [
                     *           "everyone"
                     *         ],
                     *         "createdBy": "createdBy",
                     *         "createdAt": "2027-01-05T09:00:00Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: {
                            name: string;
                            /** @enum {string} */
                            role: "viewer" | "author" | "publisher" | "operator" | "admin";
                            email: string | null;
                            /** @description null: all */
                            channels: string[] | null;
                            /** @description null: all */
                            lists: string[] | null;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The name is in use. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showPerson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example person
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "role": "viewer",
                     *       "email": "email",
                     *       "channels": [
                     *         "newsletter"
                     *       ],
                     *       "lists": [
                     *         "everyone"
                     *       ],
                     *       "createdBy": "createdBy",
                     *       "createdAt": "2027-01-05T09:00:00Z"
                     *     }
                     */
                    "application/json": {
                        name: string;
                        /** @enum {string} */
                        role: "viewer" | "author" | "publisher" | "operator" | "admin";
                        email: string | null;
                        /** @description null: all */
                        channels: string[] | null;
                        /** @description null: all */
                        lists: string[] | null;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    removePerson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example person
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed or ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "removed": true,
                     *       "tokens": [
                     *         "token"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        name: string;
                        /** @constant */
                        removed: true;
                        /** @description Tokens that this person created and that are still valid */
                        tokens: string[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setLimits: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example person
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Names of channels; null: all. Absent: as before */
                    channels?: string[] | null;
                    /** @description Names of lists; null: all. Absent: as before */
                    lists?: string[] | null;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "channels": [
                     *         "newsletter"
                     *       ],
                     *       "lists": [
                     *         "everyone"
                     *       ],
                     *       "was": {
                     *         "channels": [
                     *           "newsletter"
                     *         ],
                     *         "lists": [
                     *           "everyone"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        name: string;
                        /** @description null: all */
                        channels: string[] | null;
                        /** @description null: all */
                        lists: string[] | null;
                        was: {
                            /** @description null: all */
                            channels: string[] | null;
                            /** @description null: all */
                            lists: string[] | null;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setRole: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example person
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "viewer"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    role: "viewer" | "author" | "publisher" | "operator" | "admin";
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "role": "viewer",
                     *       "was": "viewer"
                     *     }
                     */
                    "application/json": {
                        name: string;
                        /** @enum {string} */
                        role: "viewer" | "author" | "publisher" | "operator" | "admin";
                        /** @enum {string} */
                        was: "viewer" | "author" | "publisher" | "operator" | "admin";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @example valid */
                state?: "valid" | "expired" | "revoked";
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "newsletter",
                     *           "state": "valid",
                     *           "scopes": [
                     *             "read"
                     *           ],
                     *           "channels": [
                     *             "newsletter"
                     *           ],
                     *           "lists": [
                     *             "everyone"
                     *           ],
                     *           "createdBy": "createdBy",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "expiresAt": "2027-01-05T09:00:00Z",
                     *           "lastUsedAt": "2027-01-05T09:00:00Z",
                     *           "revokedAt": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            /** @enum {string} */
                            state: "valid" | "expired" | "revoked";
                            scopes: ("read" | "check" | "publish" | "approve" | "operate" | "readers" | "admin")[];
                            /** @description null: all */
                            channels: string[] | null;
                            /** @description null: all */
                            lists: string[] | null;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            expiresAt: string | null;
                            /** @description Exact to a minute */
                            lastUsedAt: string | null;
                            revokedAt: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scopes": [
                 *         "publish"
                 *       ],
                 *       "name": "deploy"
                 *     }
                 */
                "application/json": {
                    scopes: string[];
                    /** Format: date-time */
                    expiresAt?: string;
                    channels?: string[];
                    lists?: string[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "token",
                     *       "name": "newsletter",
                     *       "state": "valid",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "channels": [
                     *         "newsletter"
                     *       ],
                     *       "lists": [
                     *         "everyone"
                     *       ],
                     *       "createdBy": "createdBy",
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "expiresAt": "2027-01-05T09:00:00Z",
                     *       "lastUsedAt": "2027-01-05T09:00:00Z",
                     *       "revokedAt": "2027-01-05T09:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /** @description The token itself. It is shown only once */
                        token: string;
                        name: string;
                        /** @enum {string} */
                        state: "valid" | "expired" | "revoked";
                        scopes: ("read" | "check" | "publish" | "approve" | "operate" | "readers" | "admin")[];
                        /** @description null: all */
                        channels: string[] | null;
                        /** @description null: all */
                        lists: string[] | null;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        expiresAt: string | null;
                        /** @description Exact to a minute */
                        lastUsedAt: string | null;
                        revokedAt: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The name is in use. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a token
                 * @example token
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "state": "valid",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "channels": [
                     *         "newsletter"
                     *       ],
                     *       "lists": [
                     *         "everyone"
                     *       ],
                     *       "createdBy": "createdBy",
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "expiresAt": "2027-01-05T09:00:00Z",
                     *       "lastUsedAt": "2027-01-05T09:00:00Z",
                     *       "revokedAt": "2027-01-05T09:00:00Z"
                     *     }
                     */
                    "application/json": {
                        name: string;
                        /** @enum {string} */
                        state: "valid" | "expired" | "revoked";
                        scopes: ("read" | "check" | "publish" | "approve" | "operate" | "readers" | "admin")[];
                        /** @description null: all */
                        channels: string[] | null;
                        /** @description null: all */
                        lists: string[] | null;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        expiresAt: string | null;
                        /** @description Exact to a minute */
                        lastUsedAt: string | null;
                        revokedAt: string | null;
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a token
                 * @example token
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed or ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "revoked": true
                     *     }
                     */
                    "application/json": {
                        name: string;
                        /** @constant */
                        revoked: true;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It has already been revoked. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a delivery
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    /** @description Recorded in the ledger */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Accepted. Workers will do the rest. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivery": "delivery",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": {
                        delivery: string;
                        /** @constant */
                        state: "pending";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The delivery is neither refused nor uncertain. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    makePlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "posts": [
                 *         "2027/hello.md"
                 *       ]
                 *     }
                 */
                "application/json": {
                    posts: string[];
                    /** @description Names of channels. Default: all */
                    channels?: string[];
                    /** Format: date-time */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hash": "hash",
                     *       "asked": {},
                     *       "plan": {
                     *         "hash": "hash",
                     *         "posts": [
                     *           {
                     *             "post": "2027/hello.md",
                     *             "path": "content/posts/2027/hello.md",
                     *             "title": "Hello",
                     *             "url": "https://example.org/blog/hello/",
                     *             "revision": "3fd1c07a92be",
                     *             "status": "status",
                     *             "checks": [
                     *               {
                     *                 "severity": "error",
                     *                 "code": "550",
                     *                 "line": 1,
                     *                 "message": "The mailbox does not exist"
                     *               }
                     *             ],
                     *             "channels": [
                     *               {
                     *                 "channel": "newsletter",
                     *                 "adapter": "smtp",
                     *                 "medium": "email",
                     *                 "action": "send",
                     *                 "reason": "the relay's log has it",
                     *                 "publication": "publication",
                     *                 "from": "from",
                     *                 "at": "at",
                     *                 "afterMs": 1,
                     *                 "gated": true,
                     *                 "audience": {
                     *                   "recipients": 1,
                     *                   "excluded": {
                     *                     "newsletter": 1
                     *                   },
                     *                   "hadElsewhere": [
                     *                     {
                     *                       "readers": 1,
                     *                       "source": "subscribe",
                     *                       "importedAt": "importedAt",
                     *                       "why": "published",
                     *                       "since": "since",
                     *                       "postDate": "postDate"
                     *                     }
                     *                   ],
                     *                   "fingerprint": "fingerprint"
                     *                 },
                     *                 "subject": "subject",
                     *                 "text": "text",
                     *                 "bytes": 1,
                     *                 "digest": "digest",
                     *                 "diff": [
                     *                   "diff"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "actor": "api",
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "approvals": [
                     *         {
                     *           "by": "by",
                     *           "door": "command line",
                     *           "at": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "executedAt": "2027-01-05T09:00:00Z",
                     *       "executedBy": "executedBy"
                     *     }
                     */
                    "application/json": {
                        /** @description Carry it out with POST /plans/{hash}/execution */
                        hash: string;
                        /** @description The request that the plan belongs to */
                        asked: {
                            [key: string]: unknown;
                        };
                        plan: {
                            /** @description Equal plans have equal hashes */
                            hash: string;
                            posts: {
                                post: string;
                                path: string;
                                title: string;
                                url: string;
                                revision: string;
                                status: string;
                                checks: {
                                    /** @enum {string} */
                                    severity: "error" | "warning";
                                    code: string;
                                    /** @description The first line is 1 */
                                    line: number;
                                    message: string;
                                }[];
                                channels: {
                                    channel: string;
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @enum {string} */
                                    action: "send" | "reschedule" | "resume" | "none";
                                    reason?: string;
                                    publication?: string;
                                    from?: string;
                                    at?: string;
                                    afterMs?: number;
                                    /** @constant */
                                    gated?: true;
                                    audience: {
                                        recipients: number;
                                        /** @description Readers on the list who get nothing: reason -> number */
                                        excluded: {
                                            [key: string]: number;
                                        };
                                        hadElsewhere?: {
                                            readers: number;
                                            source: string;
                                            importedAt: string | null;
                                            /** @enum {string} */
                                            why: "published" | "seen" | "dated" | "listed";
                                            since: string | null;
                                            postDate: string;
                                        }[];
                                        fingerprint: string;
                                    };
                                    subject?: string;
                                    text?: string;
                                    bytes: number;
                                    digest: string;
                                    diff: string[];
                                }[];
                            }[];
                        };
                        /** @description Who made it */
                        actor: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        /** @description Who has approved it. An assistant can carry out only what a person has approved */
                        approvals: {
                            by: string;
                            /** @enum {string} */
                            door: "command line" | "console" | "token" | "mail link" | "job" | "assistant" | "library";
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                        }[];
                        /** @description null: not yet */
                        executedAt: string | null;
                        executedBy: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The request with this Idempotency-Key is still being carried out. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showPlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a plan
                 * @example 3fd1c07a92be
                 */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hash": "hash",
                     *       "asked": {},
                     *       "plan": {
                     *         "hash": "hash",
                     *         "posts": [
                     *           {
                     *             "post": "2027/hello.md",
                     *             "path": "content/posts/2027/hello.md",
                     *             "title": "Hello",
                     *             "url": "https://example.org/blog/hello/",
                     *             "revision": "3fd1c07a92be",
                     *             "status": "status",
                     *             "checks": [
                     *               {
                     *                 "severity": "error",
                     *                 "code": "550",
                     *                 "line": 1,
                     *                 "message": "The mailbox does not exist"
                     *               }
                     *             ],
                     *             "channels": [
                     *               {
                     *                 "channel": "newsletter",
                     *                 "adapter": "smtp",
                     *                 "medium": "email",
                     *                 "action": "send",
                     *                 "reason": "the relay's log has it",
                     *                 "publication": "publication",
                     *                 "from": "from",
                     *                 "at": "at",
                     *                 "afterMs": 1,
                     *                 "gated": true,
                     *                 "audience": {
                     *                   "recipients": 1,
                     *                   "excluded": {
                     *                     "newsletter": 1
                     *                   },
                     *                   "hadElsewhere": [
                     *                     {
                     *                       "readers": 1,
                     *                       "source": "subscribe",
                     *                       "importedAt": "importedAt",
                     *                       "why": "published",
                     *                       "since": "since",
                     *                       "postDate": "postDate"
                     *                     }
                     *                   ],
                     *                   "fingerprint": "fingerprint"
                     *                 },
                     *                 "subject": "subject",
                     *                 "text": "text",
                     *                 "bytes": 1,
                     *                 "digest": "digest",
                     *                 "diff": [
                     *                   "diff"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "actor": "api",
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "approvals": [
                     *         {
                     *           "by": "by",
                     *           "door": "command line",
                     *           "at": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "executedAt": "2027-01-05T09:00:00Z",
                     *       "executedBy": "executedBy"
                     *     }
                     */
                    "application/json": {
                        /** @description Carry it out with POST /plans/{hash}/execution */
                        hash: string;
                        /** @description The request that the plan belongs to */
                        asked: {
                            [key: string]: unknown;
                        };
                        plan: {
                            /** @description Equal plans have equal hashes */
                            hash: string;
                            posts: {
                                post: string;
                                path: string;
                                title: string;
                                url: string;
                                revision: string;
                                status: string;
                                checks: {
                                    /** @enum {string} */
                                    severity: "error" | "warning";
                                    code: string;
                                    /** @description The first line is 1 */
                                    line: number;
                                    message: string;
                                }[];
                                channels: {
                                    channel: string;
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @enum {string} */
                                    action: "send" | "reschedule" | "resume" | "none";
                                    reason?: string;
                                    publication?: string;
                                    from?: string;
                                    at?: string;
                                    afterMs?: number;
                                    /** @constant */
                                    gated?: true;
                                    audience: {
                                        recipients: number;
                                        /** @description Readers on the list who get nothing: reason -> number */
                                        excluded: {
                                            [key: string]: number;
                                        };
                                        hadElsewhere?: {
                                            readers: number;
                                            source: string;
                                            importedAt: string | null;
                                            /** @enum {string} */
                                            why: "published" | "seen" | "dated" | "listed";
                                            since: string | null;
                                            postDate: string;
                                        }[];
                                        fingerprint: string;
                                    };
                                    subject?: string;
                                    text?: string;
                                    bytes: number;
                                    digest: string;
                                    diff: string[];
                                }[];
                            }[];
                        };
                        /** @description Who made it */
                        actor: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        /** @description Who has approved it. An assistant can carry out only what a person has approved */
                        approvals: {
                            by: string;
                            /** @enum {string} */
                            door: "command line" | "console" | "token" | "mail link" | "job" | "assistant" | "library";
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                        }[];
                        /** @description null: not yet */
                        executedAt: string | null;
                        executedBy: string | null;
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    approvePlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a plan
                 * @example 3fd1c07a92be
                 */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hash": "hash",
                     *       "asked": {},
                     *       "plan": {
                     *         "hash": "hash",
                     *         "posts": [
                     *           {
                     *             "post": "2027/hello.md",
                     *             "path": "content/posts/2027/hello.md",
                     *             "title": "Hello",
                     *             "url": "https://example.org/blog/hello/",
                     *             "revision": "3fd1c07a92be",
                     *             "status": "status",
                     *             "checks": [
                     *               {
                     *                 "severity": "error",
                     *                 "code": "550",
                     *                 "line": 1,
                     *                 "message": "The mailbox does not exist"
                     *               }
                     *             ],
                     *             "channels": [
                     *               {
                     *                 "channel": "newsletter",
                     *                 "adapter": "smtp",
                     *                 "medium": "email",
                     *                 "action": "send",
                     *                 "reason": "the relay's log has it",
                     *                 "publication": "publication",
                     *                 "from": "from",
                     *                 "at": "at",
                     *                 "afterMs": 1,
                     *                 "gated": true,
                     *                 "audience": {
                     *                   "recipients": 1,
                     *                   "excluded": {
                     *                     "newsletter": 1
                     *                   },
                     *                   "hadElsewhere": [
                     *                     {
                     *                       "readers": 1,
                     *                       "source": "subscribe",
                     *                       "importedAt": "importedAt",
                     *                       "why": "published",
                     *                       "since": "since",
                     *                       "postDate": "postDate"
                     *                     }
                     *                   ],
                     *                   "fingerprint": "fingerprint"
                     *                 },
                     *                 "subject": "subject",
                     *                 "text": "text",
                     *                 "bytes": 1,
                     *                 "digest": "digest",
                     *                 "diff": [
                     *                   "diff"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "actor": "api",
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "approvals": [
                     *         {
                     *           "by": "by",
                     *           "door": "command line",
                     *           "at": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "executedAt": "2027-01-05T09:00:00Z",
                     *       "executedBy": "executedBy"
                     *     }
                     */
                    "application/json": {
                        /** @description Carry it out with POST /plans/{hash}/execution */
                        hash: string;
                        /** @description The request that the plan belongs to */
                        asked: {
                            [key: string]: unknown;
                        };
                        plan: {
                            /** @description Equal plans have equal hashes */
                            hash: string;
                            posts: {
                                post: string;
                                path: string;
                                title: string;
                                url: string;
                                revision: string;
                                status: string;
                                checks: {
                                    /** @enum {string} */
                                    severity: "error" | "warning";
                                    code: string;
                                    /** @description The first line is 1 */
                                    line: number;
                                    message: string;
                                }[];
                                channels: {
                                    channel: string;
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @enum {string} */
                                    action: "send" | "reschedule" | "resume" | "none";
                                    reason?: string;
                                    publication?: string;
                                    from?: string;
                                    at?: string;
                                    afterMs?: number;
                                    /** @constant */
                                    gated?: true;
                                    audience: {
                                        recipients: number;
                                        /** @description Readers on the list who get nothing: reason -> number */
                                        excluded: {
                                            [key: string]: number;
                                        };
                                        hadElsewhere?: {
                                            readers: number;
                                            source: string;
                                            importedAt: string | null;
                                            /** @enum {string} */
                                            why: "published" | "seen" | "dated" | "listed";
                                            since: string | null;
                                            postDate: string;
                                        }[];
                                        fingerprint: string;
                                    };
                                    subject?: string;
                                    text?: string;
                                    bytes: number;
                                    digest: string;
                                    diff: string[];
                                }[];
                            }[];
                        };
                        /** @description Who made it */
                        actor: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        /** @description Who has approved it. An assistant can carry out only what a person has approved */
                        approvals: {
                            by: string;
                            /** @enum {string} */
                            door: "command line" | "console" | "token" | "mail link" | "job" | "assistant" | "library";
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                        }[];
                        /** @description null: not yet */
                        executedAt: string | null;
                        executedBy: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It was already carried out. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    executePlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a plan
                 * @example 3fd1c07a92be
                 */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. Workers will do the rest. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": {
                     *         "hash": "hash",
                     *         "posts": [
                     *           {
                     *             "post": "2027/hello.md",
                     *             "path": "content/posts/2027/hello.md",
                     *             "title": "Hello",
                     *             "url": "https://example.org/blog/hello/",
                     *             "revision": "3fd1c07a92be",
                     *             "status": "status",
                     *             "checks": [
                     *               {
                     *                 "severity": "error",
                     *                 "code": "550",
                     *                 "line": 1,
                     *                 "message": "The mailbox does not exist"
                     *               }
                     *             ],
                     *             "channels": [
                     *               {
                     *                 "channel": "newsletter",
                     *                 "adapter": "smtp",
                     *                 "medium": "email",
                     *                 "action": "send",
                     *                 "reason": "the relay's log has it",
                     *                 "publication": "publication",
                     *                 "from": "from",
                     *                 "at": "at",
                     *                 "afterMs": 1,
                     *                 "gated": true,
                     *                 "audience": {
                     *                   "recipients": 1,
                     *                   "excluded": {
                     *                     "newsletter": 1
                     *                   },
                     *                   "hadElsewhere": [
                     *                     {
                     *                       "readers": 1,
                     *                       "source": "subscribe",
                     *                       "importedAt": "importedAt",
                     *                       "why": "published",
                     *                       "since": "since",
                     *                       "postDate": "postDate"
                     *                     }
                     *                   ],
                     *                   "fingerprint": "fingerprint"
                     *                 },
                     *                 "subject": "subject",
                     *                 "text": "text",
                     *                 "bytes": 1,
                     *                 "digest": "digest",
                     *                 "diff": [
                     *                   "diff"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "publications": [
                     *         {
                     *           "id": "id",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "url": "https://example.org/blog/hello/",
                     *           "publishedAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "channels": {
                     *             "newsletter": {
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "publication": "publication",
                     *               "counts": {
                     *                 "pending": 1,
                     *                 "sending": 1,
                     *                 "retrying": 1,
                     *                 "accepted": 1,
                     *                 "refused": 1,
                     *                 "uncertain": 1,
                     *                 "suppressed": 1,
                     *                 "cancelled": 1
                     *               },
                     *               "excluded": {
                     *                 "newsletter": 1
                     *               },
                     *               "links": [
                     *                 "link"
                     *               ],
                     *               "stalled": {
                     *                 "code": "550",
                     *                 "message": "The mailbox does not exist"
                     *               },
                     *               "paused": {
                     *                 "at": "2027-01-05T09:00:00Z",
                     *                 "reason": "the relay's log has it"
                     *               },
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z",
                     *               "scheduledFor": "2027-01-05T09:00:00Z",
                     *               "gate": {
                     *                 "until": "2027-01-05T09:00:00Z",
                     *                 "tries": 1,
                     *                 "said": "said",
                     *                 "over": true
                     *               },
                     *               "freezing": true,
                     *               "failures": [
                     *                 {
                     *                   "state": "refused",
                     *                   "code": "550",
                     *                   "message": "The mailbox does not exist",
                     *                   "count": 1
                     *                 }
                     *               ],
                     *               "nextAttemptAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "path": "content/posts/2027/hello.md",
                     *           "status": "status",
                     *           "diagnostics": [
                     *             {
                     *               "severity": "error",
                     *               "code": "550",
                     *               "line": 1,
                     *               "message": "The mailbox does not exist"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "leftAlone": "leftAlone"
                     *     }
                     */
                    "application/json": {
                        /** @description Only for a dry run */
                        plan?: {
                            /** @description Equal plans have equal hashes */
                            hash: string;
                            posts: {
                                post: string;
                                path: string;
                                title: string;
                                url: string;
                                revision: string;
                                status: string;
                                checks: {
                                    /** @enum {string} */
                                    severity: "error" | "warning";
                                    code: string;
                                    /** @description The first line is 1 */
                                    line: number;
                                    message: string;
                                }[];
                                channels: {
                                    channel: string;
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @enum {string} */
                                    action: "send" | "reschedule" | "resume" | "none";
                                    reason?: string;
                                    publication?: string;
                                    from?: string;
                                    at?: string;
                                    afterMs?: number;
                                    /** @constant */
                                    gated?: true;
                                    audience: {
                                        recipients: number;
                                        /** @description Readers on the list who get nothing: reason -> number */
                                        excluded: {
                                            [key: string]: number;
                                        };
                                        hadElsewhere?: {
                                            readers: number;
                                            source: string;
                                            importedAt: string | null;
                                            /** @enum {string} */
                                            why: "published" | "seen" | "dated" | "listed";
                                            since: string | null;
                                            postDate: string;
                                        }[];
                                        fingerprint: string;
                                    };
                                    subject?: string;
                                    text?: string;
                                    bytes: number;
                                    digest: string;
                                    diff: string[];
                                }[];
                            }[];
                        };
                        publications?: {
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            url: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            publishedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            scheduledFor?: string;
                            channels: {
                                [key: string]: {
                                    adapter: string;
                                    /** @enum {string} */
                                    medium: "email" | "feed" | "note";
                                    /** @description The id to use with `campaigns` */
                                    publication: string;
                                    /** @description Number of deliveries in each state */
                                    counts: {
                                        pending: number;
                                        sending: number;
                                        retrying: number;
                                        accepted: number;
                                        refused: number;
                                        uncertain: number;
                                        suppressed: number;
                                        cancelled: number;
                                    };
                                    /** @description Readers on the list who get nothing: reason -> number */
                                    excluded?: {
                                        [key: string]: number;
                                    };
                                    /** @description Addresses of the published copies, at most 20 */
                                    links: string[];
                                    stalled?: {
                                        code: string;
                                        message: string;
                                    };
                                    paused?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        at: string;
                                        reason: string;
                                    };
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    cancelledAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    withdrawnAt?: string;
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    scheduledFor?: string;
                                    /** @description The channel waits until the post's page is online */
                                    gate?: {
                                        /**
                                         * Format: date-time
                                         * @description ISO 8601, UTC
                                         */
                                        until: string;
                                        tries: number;
                                        said: string;
                                        over: boolean;
                                    };
                                    /** @description The list of recipients is still being written: the counts will grow */
                                    freezing?: boolean;
                                    failures: {
                                        /** @enum {string} */
                                        state: "refused" | "uncertain" | "retrying";
                                        code: string;
                                        message: string;
                                        count: number;
                                    }[];
                                    /**
                                     * Format: date-time
                                     * @description ISO 8601, UTC
                                     */
                                    nextAttemptAt?: string;
                                };
                            };
                        }[];
                        refused?: {
                            path: string;
                            status: string;
                            diagnostics: {
                                /** @enum {string} */
                                severity: "error" | "warning";
                                code: string;
                                /** @description The first line is 1 */
                                line: number;
                                message: string;
                            }[];
                        }[];
                        /** @description Why a post whose file has changed was not published */
                        leftAlone?: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Something has changed since the plan was made. `differences` lists it; nothing was sent. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description The id of a campaign or publication
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                campaign?: string;
                /**
                 * @description The id of a post
                 * @example 2027/hello.md
                 */
                post?: string;
                /**
                 * @description The name of a channel
                 * @example newsletter
                 */
                channel?: string;
                /** @example pending */
                state?: "pending" | "sending" | "retrying" | "accepted" | "refused" | "uncertain" | "suppressed" | "cancelled";
                /**
                 * @description The domain of the reader's address. Needs the permission `readers`
                 * @example example.org
                 */
                domain?: string;
                /**
                 * @description The code of the failure. Without `state`: of refused, uncertain and retrying deliveries
                 * @example 550
                 */
                code?: string;
                /**
                 * @description A part of the failure's message. Without `state`: of refused, uncertain and retrying deliveries
                 * @example text
                 */
                text?: string;
                /**
                 * @description The id of a reader. Needs the permission `readers`
                 * @example 4711
                 */
                subscriber?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "4711",
                     *           "campaign": "campaign",
                     *           "post": "2027/hello.md",
                     *           "channel": "newsletter",
                     *           "medium": "email",
                     *           "state": "pending",
                     *           "attempts": 1,
                     *           "subscriber": "subscriber",
                     *           "address": "ada@example.org",
                     *           "generation": 1,
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "dueAt": "2027-01-05T09:00:00Z",
                     *           "intentAt": "2027-01-05T09:00:00Z",
                     *           "settledAt": "2027-01-05T09:00:00Z",
                     *           "failure": {
                     *             "kind": "temporary",
                     *             "scope": "recipient",
                     *             "code": "550",
                     *             "message": "550 5.1.1 The mailbox does not exist",
                     *             "status": 1,
                     *             "enhanced": "5.1.1",
                     *             "retryAfter": 1
                     *           },
                     *           "remoteId": "remoteId",
                     *           "url": "https://example.org/blog/hello/"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 4711 */
                            id: string;
                            /** @description The publication's id */
                            campaign: string;
                            post: string;
                            channel: string;
                            /** @enum {string} */
                            medium: "email" | "feed" | "note";
                            /** @enum {string} */
                            state: "pending" | "sending" | "retrying" | "accepted" | "refused" | "uncertain" | "suppressed" | "cancelled";
                            attempts: number;
                            /** @description The reader's id; null for a channel with one destination, and without the permission `readers` */
                            subscriber: string | null;
                            /** @description Also null for forgotten readers */
                            address: string | null;
                            /** @description 1, and one more for each repost */
                            generation: number;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            /** @description When it is tried next */
                            dueAt: string | null;
                            /** @description When the decision to send it was committed, before the first byte */
                            intentAt: string | null;
                            settledAt: string | null;
                            failure: {
                                /** @enum {string} */
                                kind?: "temporary" | "throttled" | "permanent" | "uncertain";
                                /** @enum {string} */
                                scope?: "recipient" | "channel";
                                /** @example 550 */
                                code: string;
                                /** @example 550 5.1.1 The mailbox does not exist */
                                message: string;
                                status?: number;
                                /**
                                 * @description Enhanced status code (RFC 3463)
                                 * @example 5.1.1
                                 */
                                enhanced?: string;
                                retryAfter?: number;
                            } | null;
                            remoteId: string | null;
                            /** @description The address of the published copy */
                            url: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a delivery
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4711",
                     *       "campaign": "campaign",
                     *       "post": "2027/hello.md",
                     *       "channel": "newsletter",
                     *       "medium": "email",
                     *       "state": "pending",
                     *       "attempts": 1,
                     *       "subscriber": "subscriber",
                     *       "address": "ada@example.org",
                     *       "generation": 1,
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "dueAt": "2027-01-05T09:00:00Z",
                     *       "intentAt": "2027-01-05T09:00:00Z",
                     *       "settledAt": "2027-01-05T09:00:00Z",
                     *       "failure": {
                     *         "kind": "temporary",
                     *         "scope": "recipient",
                     *         "code": "550",
                     *         "message": "550 5.1.1 The mailbox does not exist",
                     *         "status": 1,
                     *         "enhanced": "5.1.1",
                     *         "retryAfter": 1
                     *       },
                     *       "remoteId": "remoteId",
                     *       "url": "https://example.org/blog/hello/",
                     *       "title": "Hello",
                     *       "list": "everyone",
                     *       "key": "key",
                     *       "response": "response",
                     *       "looks": 1,
                     *       "lookAt": "2027-01-05T09:00:00Z",
                     *       "events": [
                     *         {
                     *           "at": "2027-01-05T09:00:00Z",
                     *           "kind": "delivery.uncertain",
                     *           "actor": "api",
                     *           "data": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @example 4711 */
                        id: string;
                        /** @description The publication's id */
                        campaign: string;
                        post: string;
                        channel: string;
                        /** @enum {string} */
                        medium: "email" | "feed" | "note";
                        /** @enum {string} */
                        state: "pending" | "sending" | "retrying" | "accepted" | "refused" | "uncertain" | "suppressed" | "cancelled";
                        attempts: number;
                        /** @description The reader's id; null for a channel with one destination, and without the permission `readers` */
                        subscriber: string | null;
                        /** @description Also null for forgotten readers */
                        address: string | null;
                        /** @description 1, and one more for each repost */
                        generation: number;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        /** @description When it is tried next */
                        dueAt: string | null;
                        /** @description When the decision to send it was committed, before the first byte */
                        intentAt: string | null;
                        settledAt: string | null;
                        failure: {
                            /** @enum {string} */
                            kind?: "temporary" | "throttled" | "permanent" | "uncertain";
                            /** @enum {string} */
                            scope?: "recipient" | "channel";
                            /** @example 550 */
                            code: string;
                            /** @example 550 5.1.1 The mailbox does not exist */
                            message: string;
                            status?: number;
                            /**
                             * @description Enhanced status code (RFC 3463)
                             * @example 5.1.1
                             */
                            enhanced?: string;
                            retryAfter?: number;
                        } | null;
                        remoteId: string | null;
                        /** @description The address of the published copy */
                        url: string | null;
                        title: string;
                        list: string | null;
                        /** @description The idempotency key. Its first 32 characters are the local part of the email's Message-ID */
                        key: string;
                        /** @description The other side's answer */
                        response: string | null;
                        /** @description How often the network was asked about an uncertain delivery */
                        looks: number;
                        lookAt: string | null;
                        events: {
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                            /** @example delivery.uncertain */
                            kind: string;
                            actor: string | null;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    decideDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a delivery
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "verdict": "arrived",
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description arrived: it counts as accepted. send-again: it is sent once more. leave: it stays uncertain
                     * @enum {string}
                     */
                    verdict: "arrived" | "send-again" | "leave";
                    /** @description How you know. Recorded with the delivery */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivery": "4711",
                     *       "verdict": "arrived",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": {
                        /** @example 4711 */
                        delivery: string;
                        /** @enum {string} */
                        verdict: "arrived" | "send-again" | "leave";
                        /** @enum {string} */
                        state: "accepted" | "pending" | "uncertain";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The delivery is not uncertain. */
            409: components["responses"]["Conflict"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubscribers: {
        parameters: {
            query?: {
                /**
                 * @description The name of a list
                 * @example everyone
                 */
                list?: string;
                /**
                 * @description On the list, or on any list. suppressed: confirmed, but gets no email
                 * @example confirmed
                 */
                state?: "confirmed" | "unconfirmed" | "unsubscribed" | "suppressed";
                /**
                 * @description An expression, or the name of a segment in the configuration
                 * @example city = "Bern"
                 */
                segment?: string;
                /**
                 * @description The beginning of the address. The order is then that of the addresses
                 * @example ada@example.org
                 */
                address?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1204",
                     *           "address": "ada@example.org",
                     *           "name": "newsletter",
                     *           "language": "en",
                     *           "attributes": {},
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "lists": [
                     *             {
                     *               "name": "newsletter",
                     *               "state": "unconfirmed",
                     *               "since": "2027-01-05T09:00:00Z"
                     *             }
                     *           ],
                     *           "suppressed": "hard-bounce"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 1204 */
                            id: string;
                            /** @example ada@example.org */
                            address: string;
                            name: string | null;
                            language: string | null;
                            attributes: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            lists: {
                                name: string;
                                /** @enum {string} */
                                state: "unconfirmed" | "confirmed" | "unsubscribed";
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                since: string;
                            }[];
                            /** @description Why they get no email from any list; null: they are not suppressed */
                            suppressed: ("hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten") | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addSubscriber: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "ada@example.org",
                 *       "list": "everyone"
                 *     }
                 */
                "application/json": {
                    address: string;
                    list: string;
                    name?: string;
                    /** @description Creates the list if it does not exist. Otherwise, an unknown list is an error */
                    createList?: boolean;
                    /** @description How they agreed. Recorded with the subscription */
                    consent?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "ada@example.org",
                     *       "list": "everyone",
                     *       "added": 1,
                     *       "known": 1,
                     *       "state": "unconfirmed",
                     *       "suppressed": "hard-bounce"
                     *     }
                     */
                    "application/json": {
                        address: string;
                        list: string;
                        added: number;
                        known: number;
                        state: ("unconfirmed" | "confirmed" | "unsubscribed") | null;
                        /** @enum {string} */
                        suppressed?: "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description This person was forgotten. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showSubscriber: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a subscriber
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1204",
                     *       "address": "ada@example.org",
                     *       "name": "newsletter",
                     *       "language": "en",
                     *       "attributes": {},
                     *       "lists": [
                     *         {
                     *           "name": "newsletter",
                     *           "state": "unconfirmed",
                     *           "since": "2027-01-05T09:00:00Z",
                     *           "source": "subscribe",
                     *           "frequency": "each"
                     *         }
                     *       ],
                     *       "suppressions": [
                     *         {
                     *           "reason": "hard-bounce",
                     *           "list": "everyone",
                     *           "since": "2027-01-05T09:00:00Z",
                     *           "evidence": "api: asked by phone"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @example 1204 */
                        id: string;
                        /** @description Empty if the reader's data was erased */
                        address: string;
                        name?: string;
                        language?: string;
                        attributes?: {
                            [key: string]: unknown;
                        };
                        lists: {
                            name: string;
                            /** @enum {string} */
                            state: "unconfirmed" | "confirmed" | "unsubscribed";
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            since: string;
                            source: string;
                            /** @enum {string} */
                            frequency: "each" | "weekly" | "monthly";
                        }[];
                        suppressions: {
                            /** @enum {string} */
                            reason: "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";
                            list?: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            since: string;
                            evidence?: string;
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    forgetSubscriber: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a subscriber
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed or ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "forgotten": true,
                     *       "known": true
                     *     }
                     */
                    "application/json": {
                        forgotten: boolean;
                        known: boolean;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    unsubscribe: {
        parameters: {
            query?: {
                /**
                 * @description Default: all lists
                 * @example everyone
                 */
                list?: string;
            };
            header?: {
                /**
                 * @description The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412
                 * @example "0123456789abcdef"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a subscriber
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed or ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "ada@example.org",
                     *       "ended": 1
                     *     }
                     */
                    "application/json": {
                        address: string;
                        ended: number;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["Outdated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resubscribe: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "ada@example.org",
                 *       "list": "everyone",
                 *       "consent": "by phone, 3 May 2027"
                 *     }
                 */
                "application/json": {
                    address: string;
                    list: string;
                    name?: string;
                    /** @description Creates the list if it does not exist. Otherwise, an unknown list is an error */
                    createList?: boolean;
                    /** @description How they asked to come back. Recorded as proof */
                    consent: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "ada@example.org",
                     *       "list": "everyone",
                     *       "resubscribed": true,
                     *       "was": "unconfirmed",
                     *       "forgotten": true,
                     *       "suppressions": [
                     *         {
                     *           "reason": "hard-bounce",
                     *           "list": "everyone",
                     *           "since": "2027-01-05T09:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        address: string;
                        list: string;
                        resubscribed: boolean;
                        was: ("unconfirmed" | "confirmed" | "unsubscribed") | null;
                        forgotten: boolean;
                        suppressions: {
                            /** @enum {string} */
                            reason: "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";
                            list: string | null;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            since: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The request with this Idempotency-Key is still being carried out. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLists: {
        parameters: {
            query?: {
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "newsletter",
                     *           "title": "Hello",
                     *           "confirmed": 1,
                     *           "suppressed": 1,
                     *           "unconfirmed": 1,
                     *           "unsubscribed": 1,
                     *           "channels": [
                     *             "newsletter"
                     *           ]
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            title: string;
                            confirmed: number;
                            /** @description Confirmed readers who get no email because their address is suppressed */
                            suppressed: number;
                            unconfirmed: number;
                            unsubscribed: number;
                            /** @description The channels that send to it */
                            channels: string[];
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSegments: {
        parameters: {
            query?: {
                /**
                 * @description The name of a list
                 * @example everyone
                 */
                list?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "newsletter",
                     *           "expression": "city = \"Bern\"",
                     *           "list": "everyone",
                     *           "readers": 1,
                     *           "suppressed": 1,
                     *           "of": 1,
                     *           "warnings": [
                     *             "warning"
                     *           ]
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            /** @example city = "Bern" */
                            expression: string;
                            list: string;
                            /** @description Readers who would get an email */
                            readers: number;
                            suppressed: number;
                            /** @description All readers of the list who get email */
                            of: number;
                            warnings: string[];
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSuppressions: {
        parameters: {
            query?: {
                /**
                 * @description The name of a list. Suppressions on all lists are included
                 * @example everyone
                 */
                list?: string;
                /** @example hard-bounce */
                reason?: "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "17",
                     *           "address": "ada@example.org",
                     *           "hash": "hash",
                     *           "reason": "hard-bounce",
                     *           "list": "everyone",
                     *           "since": "2027-01-05T09:00:00Z",
                     *           "evidence": "api: asked by phone"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 17 */
                            id: string;
                            address: string | null;
                            hash: string;
                            /** @enum {string} */
                            reason: "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";
                            list: string | null;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            since: string;
                            evidence: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    suppressAddress: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "ada@example.org",
                 *       "reason": "through the API"
                 *     }
                 */
                "application/json": {
                    address: string;
                    /** @description Recorded in the ledger */
                    reason?: string;
                    list?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "ada@example.org",
                     *       "suppressed": true,
                     *       "added": true,
                     *       "list": "everyone"
                     *     }
                     */
                    "application/json": {
                        address: string;
                        suppressed: boolean;
                        added: boolean;
                        list?: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The request with this Idempotency-Key is still being carried out. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    liftSuppression: {
        parameters: {
            query?: {
                /**
                 * @description Recorded in the ledger
                 * @example the relay's log has it
                 */
                reason?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a suppression
                 * @example 4711
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed or ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "17",
                     *       "address": "ada@example.org",
                     *       "hash": "hash",
                     *       "reason": "hard-bounce",
                     *       "list": "everyone",
                     *       "since": "2027-01-05T09:00:00Z",
                     *       "evidence": "api: asked by phone"
                     *     }
                     */
                    "application/json": {
                        /** @example 17 */
                        id: string;
                        address: string | null;
                        hash: string;
                        /** @enum {string} */
                        reason: "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";
                        list: string | null;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        since: string;
                        evidence: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The person unsubscribed or was forgotten, so only they can lift it. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBounces: {
        parameters: {
            query?: {
                /** @example hard */
                kind?: "hard" | "soft" | "complaint" | "auto-reply" | "unsubscribe" | "unknown";
                /**
                 * @description The id of a reader
                 * @example 4711
                 */
                subscriber?: string;
                /**
                 * @description The id of a delivery
                 * @example 4711
                 */
                delivery?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "31",
                     *           "at": "2027-01-05T09:00:00Z",
                     *           "kind": "hard",
                     *           "counts": true,
                     *           "status": "status",
                     *           "source": "subscribe",
                     *           "why": "why",
                     *           "diagnostic": "diagnostic",
                     *           "effect": "suppressed",
                     *           "delivery": "delivery",
                     *           "subscriber": "subscriber"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 31 */
                            id: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                            /** @enum {string} */
                            kind: "hard" | "soft" | "complaint" | "auto-reply" | "unsubscribe" | "unknown";
                            /** @description Whether it counts towards a suppression */
                            counts: boolean;
                            /** @description Enhanced status code (RFC 3463) */
                            status: string | null;
                            source: string;
                            why: string;
                            diagnostic: string | null;
                            /** @enum {string} */
                            effect: "suppressed" | "counted" | "noted" | "unsubscribed";
                            /** @description The id of the delivery that came back */
                            delivery: string | null;
                            /** @description The id of the reader */
                            subscriber: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPublications: {
        parameters: {
            query?: {
                /**
                 * @description The id of a post
                 * @example 2027/hello.md
                 */
                post?: string;
                /**
                 * @description The name of a channel
                 * @example newsletter
                 */
                channel?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
                     *           "post": "2027/hello.md",
                     *           "title": "Hello",
                     *           "revision": "3fd1c07a92be",
                     *           "actor": "api",
                     *           "reason": "the relay's log has it",
                     *           "createdAt": "2027-01-05T09:00:00Z",
                     *           "scheduledFor": "2027-01-05T09:00:00Z",
                     *           "releasedAt": "2027-01-05T09:00:00Z",
                     *           "channels": [
                     *             {
                     *               "name": "newsletter",
                     *               "adapter": "smtp",
                     *               "medium": "email",
                     *               "list": "everyone",
                     *               "generation": 1,
                     *               "prepared": 1,
                     *               "open": true,
                     *               "pausedAt": "2027-01-05T09:00:00Z",
                     *               "stalledAt": "2027-01-05T09:00:00Z",
                     *               "cancelledAt": "2027-01-05T09:00:00Z",
                     *               "withdrawnAt": "2027-01-05T09:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427 */
                            id: string;
                            post: string;
                            title: string;
                            revision: string;
                            actor: string;
                            reason: string | null;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            createdAt: string;
                            scheduledFor: string | null;
                            releasedAt: string | null;
                            channels: {
                                name: string;
                                adapter: string;
                                /** @enum {string} */
                                medium: "email" | "feed" | "note";
                                list: string | null;
                                /** @description 1, and one more for each repost */
                                generation: number;
                                /** @description The number of deliveries */
                                prepared: number;
                                /** @description Something may still be due */
                                open: boolean;
                                pausedAt: string | null;
                                stalledAt: string | null;
                                cancelledAt: string | null;
                                withdrawnAt: string | null;
                            }[];
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showPublication: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The id of a publication
                 * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
                     *       "post": "2027/hello.md",
                     *       "title": "Hello",
                     *       "revision": "3fd1c07a92be",
                     *       "actor": "api",
                     *       "reason": "the relay's log has it",
                     *       "createdAt": "2027-01-05T09:00:00Z",
                     *       "scheduledFor": "2027-01-05T09:00:00Z",
                     *       "releasedAt": "2027-01-05T09:00:00Z",
                     *       "channels": [
                     *         {
                     *           "name": "newsletter",
                     *           "adapter": "smtp",
                     *           "medium": "email",
                     *           "list": "everyone",
                     *           "generation": 1,
                     *           "prepared": 1,
                     *           "open": true,
                     *           "pausedAt": "2027-01-05T09:00:00Z",
                     *           "stalledAt": "2027-01-05T09:00:00Z",
                     *           "cancelledAt": "2027-01-05T09:00:00Z",
                     *           "withdrawnAt": "2027-01-05T09:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427 */
                        id: string;
                        post: string;
                        title: string;
                        revision: string;
                        actor: string;
                        reason: string | null;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        createdAt: string;
                        scheduledFor: string | null;
                        releasedAt: string | null;
                        channels: {
                            name: string;
                            adapter: string;
                            /** @enum {string} */
                            medium: "email" | "feed" | "note";
                            list: string | null;
                            /** @description 1, and one more for each repost */
                            generation: number;
                            /** @description The number of deliveries */
                            prepared: number;
                            /** @description Something may still be due */
                            open: boolean;
                            pausedAt: string | null;
                            stalledAt: string | null;
                            cancelledAt: string | null;
                            withdrawnAt: string | null;
                        }[];
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listChannels: {
        parameters: {
            query?: {
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "newsletter",
                     *           "adapter": "smtp",
                     *           "medium": "email",
                     *           "list": "everyone",
                     *           "health": "ok",
                     *           "problem": "problem",
                     *           "working": true,
                     *           "open": 1,
                     *           "paused": 1,
                     *           "stalled": 1,
                     *           "failure": {
                     *             "code": "550",
                     *             "message": "The mailbox does not exist"
                     *           },
                     *           "slowed": [
                     *             {
                     *               "domain": "example.org",
                     *               "until": "2027-01-05T09:00:00Z"
                     *             }
                     *           ],
                     *           "lastPublishedAt": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            adapter: string;
                            /** @enum {string} */
                            medium: "email" | "feed" | "note";
                            list: string | null;
                            /**
                             * @description idle: a publication is open, and no running process sends for it. slowed: a domain asked to wait
                             * @enum {string}
                             */
                            health: "ok" | "idle" | "slowed" | "paused" | "stalled" | "misconfigured";
                            /** @description What is wrong, and what to do */
                            problem: string | null;
                            /** @description A running process sends for it */
                            working: boolean;
                            /** @description Publications that may still have something due */
                            open: number;
                            /** @description Of these, paused */
                            paused: number;
                            /** @description Of these, waiting for the operator after failures */
                            stalled: number;
                            /** @description The newest failure of a stalled publication */
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            slowed: {
                                domain: string;
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                until: string;
                            }[];
                            lastPublishedAt: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    showChannel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description The name of a channel
                 * @example newsletter
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "newsletter",
                     *       "adapter": "smtp",
                     *       "medium": "email",
                     *       "list": "everyone",
                     *       "health": "ok",
                     *       "problem": "problem",
                     *       "working": true,
                     *       "open": 1,
                     *       "paused": 1,
                     *       "stalled": 1,
                     *       "failure": {
                     *         "code": "550",
                     *         "message": "The mailbox does not exist"
                     *       },
                     *       "slowed": [
                     *         {
                     *           "domain": "example.org",
                     *           "until": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "lastPublishedAt": "2027-01-05T09:00:00Z"
                     *     }
                     */
                    "application/json": {
                        name: string;
                        adapter: string;
                        /** @enum {string} */
                        medium: "email" | "feed" | "note";
                        list: string | null;
                        /**
                         * @description idle: a publication is open, and no running process sends for it. slowed: a domain asked to wait
                         * @enum {string}
                         */
                        health: "ok" | "idle" | "slowed" | "paused" | "stalled" | "misconfigured";
                        /** @description What is wrong, and what to do */
                        problem: string | null;
                        /** @description A running process sends for it */
                        working: boolean;
                        /** @description Publications that may still have something due */
                        open: number;
                        /** @description Of these, paused */
                        paused: number;
                        /** @description Of these, waiting for the operator after failures */
                        stalled: number;
                        /** @description The newest failure of a stalled publication */
                        failure: {
                            code: string;
                            message: string;
                        } | null;
                        slowed: {
                            domain: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            until: string;
                        }[];
                        lastPublishedAt: string | null;
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWorkers: {
        parameters: {
            query?: {
                /**
                 * @description silent: no sign of life for a minute, or its process has ended. gone: it signed off, or was given up
                 * @example working
                 */
                state?: "working" | "silent" | "gone";
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
                     *           "host": "news-1",
                     *           "pid": 1,
                     *           "state": "working",
                     *           "channels": [
                     *             "newsletter"
                     *           ],
                     *           "startedAt": "2027-01-05T09:00:00Z",
                     *           "seenAt": "2027-01-05T09:00:00Z",
                     *           "goneAt": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427 */
                            id: string;
                            host: string;
                            pid: number;
                            /**
                             * @description silent: no sign of life for a minute, or its process has ended. gone: it signed off, or was given up
                             * @enum {string}
                             */
                            state: "working" | "silent" | "gone";
                            channels: string[];
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            startedAt: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            seenAt: string;
                            goneAt: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listFeeds: {
        parameters: {
            query?: {
                /**
                 * @description The name of a channel
                 * @example newsletter
                 */
                channel?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "channel": "newsletter",
                     *           "path": "feed.xml",
                     *           "format": "rss",
                     *           "url": "https://example.org/blog/hello/",
                     *           "changedAt": "2027-01-05T09:00:00Z",
                     *           "gone": true,
                     *           "hub": "hub",
                     *           "bytes": 1
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            channel: string;
                            /** @example feed.xml */
                            path: string;
                            /** @enum {string} */
                            format: "rss" | "atom" | "json";
                            url: string;
                            /**
                             * Format: date-time
                             * @description When its bytes last changed
                             */
                            changedAt: string;
                            /** @description Answered with 410 */
                            gone: boolean;
                            hub: string | null;
                            bytes: number;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /**
                 * @description Only from this time on
                 * @example 2027-01-05T09:00:00Z
                 */
                since?: string;
                /**
                 * @description Only what this person, token or program did
                 * @example api
                 */
                actor?: string;
                /**
                 * @description Only acts with this post, by the path or id that was used
                 * @example 2027/hello.md
                 */
                post?: string;
                /**
                 * @description Only this act
                 * @example campaigns.pause
                 */
                act?: string;
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "number": "number",
                     *           "id": "id",
                     *           "at": "2027-01-05T09:00:00Z",
                     *           "actor": "api",
                     *           "door": "command line",
                     *           "act": "act",
                     *           "about": {},
                     *           "reason": "the relay's log has it",
                     *           "plan": "plan",
                     *           "before": {},
                     *           "after": {},
                     *           "result": "done",
                     *           "message": "The mailbox does not exist"
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Counts up. Entries never change */
                            number: string;
                            /** @description The act's id. Its entry and its effects have the same */
                            id: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                            /** @description Who did it */
                            actor: string;
                            /**
                             * @description Where the request came from
                             * @enum {string}
                             */
                            door: "command line" | "console" | "token" | "mail link" | "job" | "assistant" | "library";
                            /** @description What was done, such as campaigns.pause */
                            act: string;
                            /** @description The fields of the request, without personal data of readers */
                            about: {
                                [key: string]: unknown;
                            };
                            reason: string | null;
                            /** @description The hash of the plan that was carried out */
                            plan: string | null;
                            before: unknown;
                            after: unknown;
                            /** @description null: it changed something, but the process ended before it could record how the act ended */
                            result: ("done" | "failed" | "refused") | null;
                            /** @description The error, if it failed or was refused */
                            message: string | null;
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body
                 * @example "0123456789abcdef"
                 */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1",
                     *           "url": "https://crm.example.org/postrider",
                     *           "events": [
                     *             "publication.finished"
                     *           ],
                     *           "ordered": true,
                     *           "state": "on",
                     *           "waiting": 1,
                     *           "givenUp": 1,
                     *           "lastSentAt": "2027-01-05T09:00:00Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @example 1 */
                            id: string;
                            /** @example https://crm.example.org/postrider */
                            url: string;
                            /**
                             * @example [
                             *       "publication.finished"
                             *     ]
                             */
                            events: string[];
                            /** @description The messages about a publication or a reader are sent one after another */
                            ordered: boolean;
                            /**
                             * @description off: its receiver answered 410. removed: it is not in the configuration any more
                             * @enum {string}
                             */
                            state: "on" | "off" | "removed";
                            /** @description Messages that are still to be sent */
                            waiting: number;
                            /** @description Messages of the last 30 days that the receiver did not take */
                            givenUp: number;
                            lastSentAt: string | null;
                        }[];
                        next: null;
                    };
                };
            };
            /** @description Nothing has changed since the answer with this ETag. */
            304: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    /** @description For If-None-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    enableWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a webhook
                 * @example 1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1",
                     *       "url": "https://crm.example.org/postrider",
                     *       "events": [
                     *         "publication.finished"
                     *       ],
                     *       "ordered": true,
                     *       "state": "on",
                     *       "waiting": 1,
                     *       "givenUp": 1,
                     *       "lastSentAt": "2027-01-05T09:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /** @example 1 */
                        id: string;
                        /** @example https://crm.example.org/postrider */
                        url: string;
                        /**
                         * @example [
                         *       "publication.finished"
                         *     ]
                         */
                        events: string[];
                        /** @description The messages about a publication or a reader are sent one after another */
                        ordered: boolean;
                        /**
                         * @description off: its receiver answered 410. removed: it is not in the configuration any more
                         * @enum {string}
                         */
                        state: "on" | "off" | "removed";
                        /** @description Messages that are still to be sent */
                        waiting: number;
                        /** @description Messages of the last 30 days that the receiver did not take */
                        givenUp: number;
                        lastSentAt: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookMessages: {
        parameters: {
            query?: {
                /**
                 * @description The id of a webhook
                 * @example 1
                 */
                webhook?: string;
                /** @example waiting */
                state?: "waiting" | "sent" | "given-up";
                /**
                 * @description What happened
                 * @example publication.created
                 */
                event?: "publication.created" | "publication.rescheduled" | "publication.finished" | "post.withdrawn" | "campaign.paused" | "campaign.resumed" | "campaign.cancelled" | "campaign.stalled" | "campaign.finished" | "delivery.accepted" | "delivery.retrying" | "delivery.refused" | "delivery.uncertain" | "delivery.suppressed" | "delivery.cancelled" | "delivery.bounced" | "delivery.complained" | "subscriber.confirmed" | "subscriber.unsubscribed" | "subscriber.forgotten";
                /**
                 * @description The greatest number of items, 1 to 200
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description `next` of the previous page. It only fits the same list and the same filter
                 * @example cursor
                 */
                cursor?: string;
                /**
                 * @description Only these fields of each item, separated by commas
                 * @example id
                 */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current state. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
                     *           "webhook": "1",
                     *           "event": "publication.finished",
                     *           "at": "2027-01-05T09:00:00Z",
                     *           "state": "waiting",
                     *           "nextTryAt": "2027-01-05T09:00:00Z",
                     *           "attempts": [
                     *             {
                     *               "at": "2027-01-05T09:00:00Z",
                     *               "status": 1,
                     *               "error": "error"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next": "next"
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description The header `webhook-id`
                             * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                             */
                            id: string;
                            /**
                             * @description The id of the webhook
                             * @example 1
                             */
                            webhook: string;
                            /** @example publication.finished */
                            event: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                            /** @enum {string} */
                            state: "waiting" | "sent" | "given-up";
                            /** @description null: it is not waiting */
                            nextTryAt: string | null;
                            /** @description The oldest first. `status` is null if no answer came */
                            attempts: {
                                /**
                                 * Format: date-time
                                 * @description ISO 8601, UTC
                                 */
                                at: string;
                                status: number | null;
                                error: string | null;
                            }[];
                        }[];
                        /** @description The cursor of the next page; null at the end. Only this tells whether there is a next page */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayWebhookMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A repeated request with the same key is done once, and gets the answer of the first
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a message
                 * @example The mailbox does not exist
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. Workers will do the rest. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
                     *       "webhook": "1",
                     *       "event": "publication.finished",
                     *       "at": "2027-01-05T09:00:00Z",
                     *       "state": "waiting",
                     *       "nextTryAt": "2027-01-05T09:00:00Z",
                     *       "attempts": [
                     *         {
                     *           "at": "2027-01-05T09:00:00Z",
                     *           "status": 1,
                     *           "error": "error"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description The header `webhook-id`
                         * @example 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                         */
                        id: string;
                        /**
                         * @description The id of the webhook
                         * @example 1
                         */
                        webhook: string;
                        /** @example publication.finished */
                        event: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        at: string;
                        /** @enum {string} */
                        state: "waiting" | "sent" | "given-up";
                        /** @description null: it is not waiting */
                        nextTryAt: string | null;
                        /** @description The oldest first. `status` is null if no answer came */
                        attempts: {
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                            status: number | null;
                            error: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The webhook is off or not in the configuration. */
            409: components["responses"]["Conflict"];
            422: components["responses"]["KeyUsed"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    followEvents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The last id that you have. Default: only what happens from now on.
                 * @example 1042
                 */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream. The name of each event is its kind; `data` has the other fields as JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: campaign.progress
                     *     data: {"at":"2027-01-05T09:00:00.000Z","post":"hello.md","publication":"6f1c0c1e-5d0a-4f0e-9d7e-0d7a3a4b5c6d","channel":"newsletter","data":{"changes":{"accepted":380}}}
                     *     id: 1042
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
}
