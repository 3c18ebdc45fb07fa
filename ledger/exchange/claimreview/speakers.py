"""Claimants that are nobody: "Multiple sources", "Facebook user", "Viral post", in the languages that fact-checks are in.

A claimant whose every word is of the tables below names no one. One that names an account of a network ("Facebook page
Harbour Watch") is a social account. Everything else is a name, whatever type the markup gives it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from ledger.vocabulary import SourceKind

NETWORKS = """
facebook fb whatsapp twitter instagram insta telegram tiktok youtube yt weibo wechat viber kwai reddit
linkedin snapchat vk vkontakte sharechat gettr parler rumble bluesky mastodon 4chan फेसबुक फ़ेसबुक ट्विटर
व्हाट्सएप व्हाट्सऐप वॉट्सऐप यूट्यूब इंस्टाग्राम टेलीग्राम ফেসবুক টুইটার হোয়াটসঅ্যাপ ইউটিউব فيسبوك تويتر
واتساب تلغرام تليغرام تيليجرام يوتيوب انستغرام إنستغرام فیسبوک توییتر تلگرام اینستاگرام واتساپ فیس بک ٹوئٹر
фейсбук твиттер телеграм вконтакте ютуб вайбер фейсбуку твіттер 페이스북 트위터 유튜브 인스타그램 카카오톡
פייסבוק טוויטר ווטסאפ טלגרם เฟซบุ๊ก ทวิตเตอร์ ไลน์ ফেইসবুক
"""
SHORT = "line x threads koo discord meta signal truth"
"""Networks whose names are words, too: they name nobody where they stand alone or among networks."""
STRONG = """
multiple various several many numerous unknown unnamed unidentified anonymous unspecified different some
others everyone anyone sources persons people users netizens posts publications social internet online viral
claims rumours rumors rumour rumor forwards forward forwarded messages tweets misinformation disinformation
hoax memes websites blogs bloggers accounts pages networks varias varios várias vários múltiples múltiplas
múltiplos fuentes fontes usuarios usuários usuárias usuarias desconocido desconocida desconhecido desconhecida
anónimo anônimo anónima anônima redes sociales sociais publicaciones publicações mensajes mensagens cadenas
correntes boatos bulo bulos desinformação desinformación virales virais viralizado cadena corrente plusieurs
diverses divers multiples internautes utilisateurs utilisateur inconnu inconnue anonyme réseaux sociaux rumeur
rumeurs mehrere verschiedene diverse unbekannt unbekannte anonym quellen nutzer nutzerin nutzerinnen soziale
sozialen medien netzwerke netzwerken beiträge gerüchte kettenbrief varie diversi molteplici fonti utenti
utente sconosciuto sconosciuta anonimo anonima virale catena meerdere verschillende bronnen gebruikers
onbekend anoniem sociale flere ukjent kilder brukere flera okänd källor användare çeşitli birçok kaynak
kaynaklar kullanıcı kullanıcılar kullanıcıları sosyal medya anonim bilinmeyen paylaşımlar berbagai beberapa
sumber warganet netizen pengguna sosial akun pelbagai tular unggahan различные разные несколько источники
источников пользователи пользователь соцсети соцсетей соцсетях социальные социальных неизвестно неизвестный
аноним анонимные різні кілька джерела користувачі соцмережі невідомо różne wiele źródła użytkownicy użytkownik
internauci społecznościowe społecznościowych nieznany anonimowy सोशल यूजर्स यूजर यूज़र यूज़र्स वायरल कई अज्ञात
उपयोगकर्ता पोस्ट ব্যবহারকারী সোশ্যাল ভাইরাল বিভিন্ন সামাজিক سوشل صارف صارفین وائرل مختلف متعدد منشورات منشور
مواقع التواصل الاجتماعي مستخدمون مستخدمو مستخدمي مستخدمين رواد ناشطون صفحات حسابات متعددة مصادر مجهول مجهولون
متداول کاربران کاربر شبکه شبکه‌های اجتماعی ناشناس منابع משתמשים משתמש ברשתות חברתיות רשתות מקורות אלמוני chain
email emails fake sns circulating viralized viralised bruger brugere bruker användaren sociala sosiale medier
mạng xã hội người dùng χρήστες χρήστης μέσα κοινωνικής κοινωνικά δικτύωσης διαδικτύου ανώνυμος korisnici
korisnik društvene društvenim mreže mrežama nepoznat rețele rețelele utilizatori utilizator felhasználók
felhasználó közösségi névtelen sociální sociálních sítě sítích uživatelé uživatel siete sieťach používatelia
sociálne социални социалните мрежи мрежите потребители потребител корисници tidak diketahui मैसेज मेसेज संदेश
बताया internautas seguidores perfis perfiles desconocidos desconhecidos anónimos anônimos nutzern nutzende
unbekannter kettenbriefe gebruiker onbekende anonymes inconnus cuentas contas
"""
WEAK = """
média textos texte
source person user post publication network media platform platforms website site sites web page profile
account group groups channel channels outlets outlet news press public content creator creators individual
individuals video videos image images photo photos picture text audio clip mail email chain message meme blog
claim tweet tweeted shared sharing circulating circulated by on in of the and a an from via at for with to its
was were been has have is it that others or de del la las los el en y e o do da dos das no na nos nas por um
uma un una et le les des du sur d l au aux fuente fonte usuario usuário publicación publicação mensaje
mensagem página pagina cuenta conta grupo perfil posts vídeo vídeos texto foto imagen imagem imágenes imagens
postagem postagens medios mídia mídias noticias utilisatrice compte vidéo partagée partagé médias im auf von
und der die den dem beitrag seite konto gruppe nachricht nachrichten netz bild su sui sulla di i gli nei
profilo messaggio rete reti op van het een och av på og fra ve ile bir hesap hesabı hesapları sayfa sayfası
gönderi gönderileri paylaşım dan yang dari ke laman halaman grup pesan berantai в на и из по сети сетей сетях
пост посты группа страница канал у з та w z sieci mediach posty मीडिया पर के की का और ने द्वारा में से पेज
सोर्स पोस्ट्स মাধ্যম মিডিয়া এর ও পোস্ট পেজ میڈیا پر کے کی اور پوسٹ پیج على في من و عبر وسائل صفحة حساب موقع
در های از ها של ב על sm formerly also known as que circula circulam circulan em pelas pelos tu bei af med trên
và của στο στα στη σε και u pe și din az és ze v ob във од от tr bejegyzés posztok příspěvek příspěvky objava
objave postare postări bài viết ανάρτηση αναρτήσεις публикация публикации публикаций постове unggahan akun
akaun mesej hantaran sumber oleh warga
"""
UNSPACED = """
社群 社交 網路 网络 網絡 網友 网友 網民 网民 媒體 媒体 平台 臉書 脸书 貼文 帖文 帖子 推特 微博 微信 抖音 網傳
网传 流傳 流传 傳言 传言 多個 多个 多名 來源 来源 用戶 用户 使用者 影片 视频 視頻 訊息 消息 謠言 谣言 匿名
不明 不詳 群組 群组 圖片 图片 的 上 和 及 等 與 与 ソーシャルメディア メディア ネット インターネット ユーザー
投稿 複数 情報源 フェイスブック ツイッター の や 소셜 미디어 누리꾼 네티즌 온라인 커뮤니티 게시물 게시글
이용자 사용자 다수 익명 의 출처 불명 โซเชียลมีเดีย โซเชียล ผู้ใช้ โพสต์ เพจ ออนไลน์ สื่อสังคม ไม่ทราบที่มา 噂
拡散 專頁 专页 粉絲 粉丝 粉專 轉傳 转传 截圖 截图 流言 謠傳 匿名者 用戶們 群 圖 文 貼 在 於 者 で による
"""

DIVIDERS = re.compile(r"[\s,;:/|\\()\[\]{}<>\"“”„«»‘’'`&+.!?·•*#_–—-]+")
EMPTY = frozenset(
    {"", "n/a", "na", "none", "null", "unknown", "undefined", "not known", "not stated", "-", "?", "tba", "nil"}
)


def placeholder(name: str) -> SourceKind | None:
    """ANONYMOUS for a claimant that names nobody, SOCIAL_ACCOUNT for an account of a network; None for any other name."""
    folded = _fold(name)
    if folded.strip() in EMPTY:
        return SourceKind.ANONYMOUS
    words = [w for w in DIVIDERS.split(folded) if w]
    known = [_known(w) for w in words]
    if words and all(known) and ({"network", "strong"} & set(known) or set(known) == {"short"}):
        return SourceKind.ANONYMOUS
    if name.lstrip().startswith("@") or _account(known):
        return SourceKind.SOCIAL_ACCOUNT
    return None


def _account(known: list[str | None]) -> bool:
    """A network's name beside "user", "page", "account" or the like, with words that are nobody else's."""
    return any("network" in pair and {"weak", "strong"} & set(pair) for pair in pairwise(known)) and None in known


def _known(word: str) -> str | None:
    for which, words in _tables().items():
        if word in words:
            return which
    if any(word.startswith(n) and len(word) <= len(n) + 3 for n in INFLECTED):
        return "network"
    if word.isascii():
        return None
    return "strong" if not _unspaced().sub("", word) else None


INFLECTED = ("facebook", "instagram", "twitter", "whatsapp", "telegram", "youtube", "фейсбук", "телеграм", "твиттер")
"""Networks whose names take endings: "użytkownik Facebooka"."""


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


@cache
def _tables() -> dict[str, frozenset[str]]:
    lists = (("network", NETWORKS), ("strong", STRONG), ("weak", WEAK), ("short", SHORT))
    return {which: frozenset(DIVIDERS.split(_fold(words))) for which, words in lists}


@cache
def _unspaced() -> re.Pattern[str]:
    """Terms of scripts that put no space between words, the longest first."""
    terms = sorted(_fold(UNSPACED).split(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)))
