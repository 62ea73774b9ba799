using System.Text.Encodings.Web;
using System.Text.Unicode;
using Dibao.Server.Api;
using Dibao.Server.Replay;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;

namespace Dibao.Server.Read;

/// <summary>The reader: pages, feeds, files and originals of an archive. Needs an <see cref="ArchiveReader"/> in the container.</summary>
public static class Reader
{
    /// <summary>Everything comes from here, pictures as well; nothing is inline.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddReader(this IServiceCollection services, ReaderOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AddingRight>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddApi();
        services.AddReplay();
        // Han as it is, not as &#x90B8;. Characters that mean something in HTML are still escaped.
        services.Configure<WebEncoderOptions>(encoders => encoders.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        // Keys protect nothing but forms under way: a restart may forget them, and no key lies on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(forms => forms.Cookie.Name = "dibao.form");
        services.AddRazorPages(pages => pages.RootDirectory = "/Read/Pages").ConfigureApplicationPartManager(AddThisAssembly);
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        return services;
    }

    /// <summary>Pages, feeds, files, and what is said where something goes wrong; the API is mapped by <see cref="ArchiveApi.MapApi"/>.</summary>
    public static void MapReader(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(AddHeaders);
        Assets.Map(app);
        FeedEndpoints.Map(app);
        ArticleEndpoints.Map(app);
        ReplayEndpoints.Map(app);
        ImageEndpoints.Map(app);
        ProblemFeed.Map(app);
        LogEndpoints.Map(app);
        app.MapRazorPages();
    }

    private static Task AddHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!ArchiveApi.IsFor(context.Request.Path)) headers.Vary = "Accept-Language, Cookie";
        if (!ReplayEndpoints.IsFor(context.Request.Path) && UiLanguageChoice.Asked(context.Request) is { } language) Remember(context, language);
        return next(context);
    }

    private static void Remember(HttpContext context, UiLanguage language) => context.Response.Cookies.Append(
        UiLanguageChoice.Name, UiLanguageChoice.Tag(language), new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });

    // Under a test's host this is not the entry assembly, where Razor looks by itself.
    private static void AddThisAssembly(ApplicationPartManager parts)
    {
        var assembly = typeof(Reader).Assembly;
        if (parts.ApplicationParts.Any(part => part.Name == assembly.GetName().Name)) return;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly)) parts.ApplicationParts.Add(part);
    }
}
